#include <algorithm>

#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {
namespace {

// MySQL's div_precision_increment.
constexpr int kDigitsGained = 4;

Failure RunDecimalDivide(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  Decimal divisor = DecimalOf(args[1]);
  if (divisor.is_zero()) {
    *out = Value::Null();
    return nullptr;
  }
  return StoreDecimal("/", Decimal::Divide(DecimalOf(args[0]), divisor, site.result.scale), site, out, scratch);
}

Failure RunRealDivide(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  double divisor = RealOf(args[1]);
  if (divisor == 0) {
    *out = Value::Null();
    return nullptr;
  }
  return StoreReal("/", RealOf(args[0]) / divisor, site, out, scratch);
}

Binding BindDivide(const std::vector<Argument>& args) {
  Binding binding = BindArithmetic("/", args, {&RunDecimalDivide, &RunDecimalDivide, &RunRealDivide});
  if (binding.mistake) return binding;
  const Value* divisor = args[1].constant;
  bool never_zero = divisor != nullptr && !divisor->is_null() && IsTrueValue(*divisor);
  bool nullable = AnyNullable(args) || !never_zero;
  if (IsReal(binding.result.kind)) {
    binding.result.nullable = nullable;
    return binding;
  }
  int scale = std::min(Scale(args[0].type) + kDigitsGained, Decimal::kScaleMax);
  int precision = IntegerDigits(args[0]) + Scale(args[0].type) + Scale(args[1].type) + kDigitsGained;
  binding.result = DecimalType(precision, scale, nullable);
  return binding;
}

}  // namespace

const FunctionDef& Divide() {
  static const FunctionDef def = {
      .name = "/",
      .family = "operator",
      .doc =
          "The quotient: of integers and decimals a decimal with four more digits after the point than the "
          "left "
          "side, rounded half away from zero. NULL when divided by zero.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "decimal with scale + 4, or double; nullable unless divided by a literal",
      .bind = &BindDivide,
      .examples =
          {
              {{"1250", "100"}, "12.5000"},
              {{"2", "3"}, "0.6667"},
              {{"-2", "3"}, "-0.6667"},
              {{"1", "0"}, "null"},
              {{"1e0", "4"}, "0.25"},
              {{"1.00::decimal(5,2)", "3.0"}, "0.333333"},
              {{"18446744073709551615::bigint unsigned", "2"}, "9223372036854775807.5000"},
          },
  };
  return def;
}

}  // namespace cdc::functions
