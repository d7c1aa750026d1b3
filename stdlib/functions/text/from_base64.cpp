#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

int Base64Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool IsBlankByte(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Writes the bytes and returns the end; null if `text` is no base 64.
char* DecodeBase64(std::string_view text, char* out) {
  int bits = 0, digits = 0, padding = 0;
  for (char c : text) {
    if (IsBlankByte(c)) continue;
    int value = c == '=' ? 0 : Base64Digit(c);
    if (value < 0 || (padding > 0 && c != '=') || (c == '=' && digits < 2)) return nullptr;
    padding += c == '=' ? 1 : 0;
    bits = bits << 6 | value;
    if (++digits < 4) continue;
    for (int i = 0; i < 3 - padding; ++i) *out++ = static_cast<char>(bits >> (16 - 8 * i) & 0xFF);
    bits = digits = 0;
    if (padding > 0) padding = 4;
  }
  return digits == 0 ? out : nullptr;
}

Failure RunFromBase64(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  char* from = scratch->Allocate(text.size() / 4 * 3 + 3);
  char* end = DecodeBase64(text, from);
  *out = end == nullptr ? Value::Null() : Value::Bytes({from, static_cast<size_t>(end - from)});
  return nullptr;
}

Binding BindFromBase64(const std::vector<Argument>& args) {
  Binding binding = BindStrings("from_base64", args, 0, 1, &RunFromBase64);
  binding.result = StringType(LengthMax(args[0]) / 4 * 3 + 3, true, true);
  return binding;
}

}  // namespace

const FunctionDef& FromBase64() {
  static const FunctionDef def = {
      .name = "from_base64",
      .family = "text",
      .doc = "The bytes that a text in base 64 stands for, white space left out; NULL if it is none.",
      .parameters = {{"text"}},
      .result_rule = "varbinary, nullable",
      .bind = &BindFromBase64,
      .examples =
          {
              {{"'YWJj'"}, "x'616263'"},
              {{"'/w=='"}, "x'ff'"},
              {{R"('YW\nJj')"}, "x'616263'"},
              {{"'YWJ'"}, "null"},
              {{"'a-b_'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
