#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunUnhex(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  size_t size = (text.size() + 1) / 2;
  char* bytes = scratch->Allocate(size);
  // An odd number of digits counts as if a zero stood in front.
  size_t digit = text.size() % 2;
  for (size_t i = 0; i < text.size(); ++i, ++digit) {
    int value = HexDigitOf(text[i]);
    if (value < 0) {
      *out = Value::Null();
      return nullptr;
    }
    int high = digit % 2 == 0 || i == 0 ? 0 : static_cast<unsigned char>(bytes[digit / 2]);
    bytes[digit / 2] = static_cast<char>(high << 4 | value);
  }
  *out = Value::Bytes({bytes, size});
  return nullptr;
}

Binding BindUnhex(const std::vector<Argument>& args) {
  Binding binding = BindStrings("unhex", args, 0, 1, &RunUnhex);
  binding.result = StringType((LengthMax(args[0]) + 1) / 2, true, true);
  return binding;
}

}  // namespace

const FunctionDef& Unhex() {
  static const FunctionDef def = {
      .name = "unhex",
      .family = "text",
      .doc = "The bytes that hexadecimal digits stand for; NULL if something else is among them.",
      .parameters = {{"digits"}},
      .result_rule = "varbinary, nullable",
      .bind = &BindUnhex,
      .examples =
          {
              {{"'4D79'"}, "x'4d79'"},
              {{"'f'"}, "x'0f'"},
              {{"'fff'"}, "x'0fff'"},
              {{"'xy'"}, "null"},
              {{"''"}, "x''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
