#include "runtime/testing/blocks/value_literal.h"

#include "stdlib/core/arena.h"
#include "stdlib/core/value_text.h"

namespace cdc::testing {
namespace {

std::string QuotedText(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else {
      if (c == '\'' || c == '\\') quoted += c == '\'' ? '\'' : '\\';
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string HexText(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "x'";
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text + "'";
}

}  // namespace

std::string LiteralText(const Type& type, const Value& value) {
  if (value.is_absent()) return "absent";
  if (value.is_null()) return "NULL";
  if (type.kind == TypeKind::kBool) return value.integer() != 0 ? "true" : "false";
  if (value.kind() == ValueKind::kBytes) return HexText(value.text());
  Arena scratch;
  const std::string text(TextOf(type, value, &scratch));
  const bool bare = IsNumeric(type.kind);
  return bare ? text : QuotedText(text);
}

}  // namespace cdc::testing
