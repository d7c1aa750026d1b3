#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {
namespace {

Failure RunIntegerMultiply(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreInteger("*", IntegerOf(args[0]) * IntegerOf(args[1]), site, out, scratch);
}

Failure RunDecimalMultiply(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreDecimal("*", Decimal::Multiply(DecimalOf(args[0]), DecimalOf(args[1])), site, out, scratch);
}

Failure RunRealMultiply(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("*", RealOf(args[0]) * RealOf(args[1]), site, out, scratch);
}

Binding BindMultiply(const std::vector<Argument>& args) {
  Binding binding = BindArithmetic("*", args, {&RunIntegerMultiply, &RunDecimalMultiply, &RunRealMultiply});
  if (binding.result.kind == TypeKind::kDecimal) {
    int scale = Scale(args[0].type) + Scale(args[1].type);
    int digits = IntegerDigits(args[0]) + IntegerDigits(args[1]);
    binding.result = DecimalType(digits + scale, scale, AnyNullable(args));
  }
  return binding;
}

}  // namespace

const FunctionDef& Multiply() {
  static const FunctionDef def = {
      .name = "*",
      .family = "operator",
      .doc = "The product. Exact for integers and decimals; out of range fails the row.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "double, decimal or bigint",
      .bind = &BindMultiply,
      .examples =
          {
              {{"6", "7"}, "42"},
              {{"1.5", "1.5"}, "2.25"},
              {{"-1.5", "0"}, "0.0"},
              {{"1e200::double", "1e200"}, "error: `*`: out of range of `double`"},
              {{"99999999999999999999999999999999999::decimal(35,0)", "99999999999999999999999999999999999"},
               "error: `*`: out of range of `decimal(65,0)`"},
              {{"4294967296", "4294967296"}, "error: `*`: out of range of `bigint`"},
          },
  };
  return def;
}

}  // namespace cdc::functions
