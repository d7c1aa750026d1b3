#include "stdlib/catalog/setting_text.h"

#include <array>

namespace cdc::catalog {
namespace {

struct Unit {
  int64_t factor;
  const char* name;
};
constexpr std::array<Unit, 4> kDurations = {{{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "m"}, {1'000, "s"}}};
constexpr std::array<Unit, 3> kSizes = {{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}}};

// In the largest unit that divides it.
template <size_t N>
std::string Scaled(int64_t number, const std::array<Unit, N>& units, const char* smallest) {
  for (const Unit& unit : units) {
    if (number != 0 && number % unit.factor == 0) return std::to_string(number / unit.factor) + unit.name;
  }
  return std::to_string(number) + smallest;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\') quoted += c;
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace

std::string ToText(const SettingValue& value) {
  switch (value.kind) {
    case SettingKind::kNone:
      return "";
    case SettingKind::kDuration:
      return Scaled(value.number, kDurations, "ms");
    case SettingKind::kSize:
      return Scaled(value.number, kSizes, "B");
    case SettingKind::kInt:
      return std::to_string(value.number);
    case SettingKind::kBool:
      return value.number != 0 ? "true" : "false";
    case SettingKind::kString:
      return Quoted(value.text);
    case SettingKind::kWord:
      return value.text;
    case SettingKind::kSecret:
      return value.provider + "(" + Quoted(value.text) + ")";
    case SettingKind::kList: {
      std::string text;
      for (const SettingValue& item : value.list) text += (text.empty() ? "" : ", ") + ToText(item);
      return "[" + text + "]";
    }
  }
  return "";
}

}  // namespace cdc::catalog
