#include "stdlib/functions/conversion/converters.h"

#include <string>

#include "stdlib/core/utf8.h"
#include "stdlib/core/value_text.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

constexpr size_t kShownBytesMax = 40;

Failure Same(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = args[0];
  return nullptr;
}

}  // namespace

Failure CannotConvert(const CallSite& site, const Value& value, Arena* scratch) {
  const Type& from = site.args[0];
  std::string text = "cannot convert ";
  if (from.sensitive) {
    text += "a " + Quoted(from) + " (sensitive)";
  } else {
    std::string_view shown = TextOf(from, value, scratch);
    bool cut = shown.size() > kShownBytesMax;
    if (cut) shown = shown.substr(0, OffsetOfCharacter(shown.substr(0, kShownBytesMax), kShownBytesMax / 4));
    text += "'" + std::string(IsUtf8(shown) ? shown : "bytes") + (cut ? "…'" : "'");
  }
  return FailWith(scratch, text + " to " + Quoted(site.result));
}

bool InRange(__int128 number, const Type& type) {
  auto fits = [&](int bits) {
    __int128 one = 1;
    return type.is_unsigned ? number >= 0 && number < (one << bits)
                            : number >= -(one << (bits - 1)) && number < (one << (bits - 1));
  };
  switch (type.kind) {
    case TypeKind::kBool:
      return number == 0 || number == 1;
    case TypeKind::kTinyInt:
      return fits(8);
    case TypeKind::kSmallInt:
      return fits(16);
    case TypeKind::kMediumInt:
      return fits(24);
    case TypeKind::kInt:
      return fits(32);
    case TypeKind::kYear:
      return number == 0 || (number >= 1901 && number <= 2155);
    case TypeKind::kBit:
      return number >= 0 && number < (static_cast<__int128>(1) << (type.length == 0 ? 1 : type.length));
    default:
      return fits(64);
  }
}

uint64_t FindLabel(const Type& type, std::string_view label) {
  if (type.labels == nullptr) return 0;
  for (size_t i = 0; i < type.labels->size(); ++i) {
    if ((*type.labels)[i] == label) return i + 1;
  }
  return 0;
}

Code FindConverter(const Type& from, const Type& to, bool cut_text) {
  const bool both_json = from.kind == TypeKind::kJson && to.kind == TypeKind::kJson;
  if (from.kind == TypeKind::kNull || both_json) return &Same;
  if (IsTemporal(to.kind)) return FindTemporalConverter(from, to);
  if (IsNumeric(to.kind)) return FindNumberConverter(from, to);
  return FindTextConverter(from, to, cut_text);
}

}  // namespace cdc::functions
