#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

Failure RunSign(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  bool real = args[0].kind() == ValueKind::kDouble || args[0].kind() == ValueKind::kFloat;
  bool negative = real ? args[0].real() < 0 : DecimalOf(args[0]).negative();
  *out = Value::Int(!IsTrueValue(args[0]) ? 0 : negative ? -1 : 1);
  return nullptr;
}

Binding BindSign(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedNumbers("sign", args);
  binding.code = &RunSign;
  binding.result = BigIntType(false, AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& Sign() {
  static const FunctionDef def = {
      .name = "sign",
      .family = "numeric",
      .doc = "-1, 0 or 1: the sign of the number.",
      .parameters = {{"number"}},
      .result_rule = "bigint",
      .bind = &BindSign,
      .examples =
          {
              {{"-2.5"}, "-1"},
              {{"0"}, "0"},
              {{"3e0"}, "1"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
