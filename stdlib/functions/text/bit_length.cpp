#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunBitLength(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(static_cast<int64_t>(args[0].text().size()) * 8);
  return nullptr;
}

Binding BindBitLength(const std::vector<Argument>& args) {
  Binding binding = BindStrings("bit_length", args, 0, 1, &RunBitLength);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& BitLength() {
  static const FunctionDef def = {
      .name = "bit_length",
      .family = "text",
      .doc = "Eight times `length`.",
      .parameters = {{"text"}},
      .result_rule = "bigint",
      .bind = &BindBitLength,
      .examples =
          {
              {{"'é'"}, "16"},
              {{"''"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
