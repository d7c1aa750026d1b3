#include <cmath>

#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {
namespace {

Failure RunIntegerIntegerDivide(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  __int128 divisor = IntegerOf(args[1]);
  if (divisor == 0) {
    *out = Value::Null();
    return nullptr;
  }
  return StoreInteger("div", IntegerOf(args[0]) / divisor, site, out, scratch);
}

Failure RunDecimalIntegerDivide(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  Decimal divisor = DecimalOf(args[1]);
  if (divisor.is_zero()) {
    *out = Value::Null();
    return nullptr;
  }
  Decimal quotient = Decimal::IntegerDivide(DecimalOf(args[0]), divisor);
  std::optional<uint64_t> magnitude = (quotient.negative() ? quotient.Negate() : quotient).ToUint();
  if (!magnitude) return OutOfRange("div", site, scratch);
  __int128 number = *magnitude;
  return StoreInteger("div", quotient.negative() ? -number : number, site, out, scratch);
}

Failure RunRealIntegerDivide(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  double divisor = RealOf(args[1]);
  if (divisor == 0) {
    *out = Value::Null();
    return nullptr;
  }
  double quotient = std::trunc(RealOf(args[0]) / divisor);
  if (!(std::fabs(quotient) < 2e19)) return OutOfRange("div", site, scratch);
  return StoreInteger("div", static_cast<__int128>(quotient), site, out, scratch);
}

Binding BindIntegerDivide(const std::vector<Argument>& args) {
  Binding binding =
      BindArithmetic("div", args, {&RunIntegerIntegerDivide, &RunDecimalIntegerDivide, &RunRealIntegerDivide});
  if (binding.mistake) return binding;
  const Value* divisor = args[1].constant;
  bool never_zero = divisor != nullptr && !divisor->is_null() && IsTrueValue(*divisor);
  bool is_unsigned = IsUnsigned(args[0].type) || IsUnsigned(args[1].type);
  binding.result = BigIntType(is_unsigned, AnyNullable(args) || !never_zero);
  return binding;
}

}  // namespace

const FunctionDef& IntegerDivide() {
  static const FunctionDef def = {
      .name = "div",
      .family = "operator",
      .doc = "The whole part of the quotient; NULL when divided by zero.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bigint; nullable unless divided by a literal",
      .bind = &BindIntegerDivide,
      .examples =
          {
              {{"7", "2"}, "3"},
              {{"-7", "2"}, "-3"},
              {{"7.5", "0.5"}, "15"},
              {{"7", "0"}, "null"},
              {{"7e0", "2"}, "3"},
          },
  };
  return def;
}

}  // namespace cdc::functions
