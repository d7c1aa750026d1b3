#include "runtime/formats/avro_names.h"

#include <cstddef>

namespace cdc::formats {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct CodePoint {
  uint32_t value;
  size_t bytes;
};

CodePoint FirstOf(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (bytes == 1 || bytes > text.size()) return {lead, 1};
  uint32_t value = lead & (0xffu >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
  return {value, bytes};
}

void AppendUnit(uint32_t unit, std::string* out) {
  constexpr char kHex[] = "0123456789abcdef";
  *out += "_u";
  for (int shift = 12; shift >= 0; shift -= 4) *out += kHex[unit >> shift & 15];
}

void AppendEscaped(uint32_t code_point, std::string* out) {
  if (code_point < 0x10000) return AppendUnit(code_point, out);
  AppendUnit(0xd800 + ((code_point - 0x10000) >> 10), out);
  AppendUnit(0xdc00 + ((code_point - 0x10000) & 0x3ff), out);
}

}  // namespace

AvroNames ReadAvroNames(std::string_view word) {
  if (word == "none") return AvroNames::kNone;
  return word == "avro_unicode" ? AvroNames::kUnicode : AvroNames::kReplace;
}

std::string AvroName(std::string_view name, AvroNames mode) {
  if (mode == AvroNames::kNone) return std::string(name);
  std::string out;
  for (std::string_view rest = name; !rest.empty();) {
    const CodePoint next = FirstOf(rest);
    const char c = rest[0];
    const bool digit_in_front = IsDigit(c) && out.empty();
    if (mode == AvroNames::kReplace) {
      if (digit_in_front) out += '_';
      out += IsLetter(c) || IsDigit(c) ? c : '_';
    } else if ((IsLetter(c) || IsDigit(c)) && !digit_in_front) {
      out += c;
    } else {
      AppendEscaped(next.value, &out);
    }
    rest.remove_prefix(next.bytes);
  }
  return out;
}

std::string AvroFullName(std::string_view name, AvroNames mode) {
  const size_t period = name.find('.');
  if (period == std::string_view::npos) return AvroName(name, mode);
  return AvroName(name.substr(0, period), mode) + "." + AvroFullName(name.substr(period + 1), mode);
}

bool IsAvroName(std::string_view name) {
  if (name.empty() || IsDigit(name[0])) return false;
  for (const char c : name) {
    if (!IsLetter(c) && !IsDigit(c) && c != '_') return false;
  }
  return true;
}

bool IsAvroFullName(std::string_view name) {
  const size_t period = name.find('.');
  if (period == std::string_view::npos) return IsAvroName(name);
  return IsAvroName(name.substr(0, period)) && IsAvroFullName(name.substr(period + 1));
}

}  // namespace cdc::formats
