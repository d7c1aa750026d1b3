#include "stdlib/functions/operators/bits.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunTextHex(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = Value::Text(HexOf(args[0].text(), kUpperHex, scratch));
  return nullptr;
}

Failure RunNumberHex(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  constexpr size_t kDigitsMax = 16;
  char* digits = scratch->Allocate(kDigitsMax);
  uint64_t rest = BitsOf(args[0]);
  size_t at = kDigitsMax;
  do {
    digits[--at] = kUpperHex[rest & 15];
    rest >>= 4;
  } while (rest != 0);
  *out = Value::Text({digits + at, kDigitsMax - at});
  return nullptr;
}

Binding BindHex(const std::vector<Argument>& args) {
  if (IsNumeric(args[0].type.kind)) {
    Binding binding;
    binding.code = &RunNumberHex;
    binding.result = StringType(16, false, args[0].type.nullable);
    return binding;
  }
  Binding binding = BindStrings("hex", args, 0, 1, &RunTextHex);
  uint64_t bytes = LengthMax(args[0]) * (ReadsAsBytes(args[0].type) ? 1 : 4);
  binding.result = StringType(bytes * 2, false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Hex() {
  static const FunctionDef def = {
      .name = "hex",
      .family = "text",
      .doc =
          "The bytes of a text (UTF-8) or binary value as hexadecimal digits; of a number the digits of its 64 bits.",
      .parameters = {{"value"}},
      .result_rule = "varchar",
      .bind = &BindHex,
      .examples =
          {
              {{"'aé'"}, "'61C3A9'"},
              {{"x'00ff'"}, "'00FF'"},
              {{"255"}, "'FF'"},
              {{"-1"}, "'FFFFFFFFFFFFFFFF'"},
              {{"2.5"}, "'3'"},
              {{"0"}, "'0'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
