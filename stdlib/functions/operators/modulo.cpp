#include <algorithm>
#include <cmath>

#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {
namespace {

Failure RunIntegerModulo(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  __int128 divisor = IntegerOf(args[1]);
  if (divisor == 0) {
    *out = Value::Null();
    return nullptr;
  }
  return StoreInteger("mod", IntegerOf(args[0]) % divisor, site, out, scratch);
}

Failure RunDecimalModulo(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  Decimal divisor = DecimalOf(args[1]);
  if (divisor.is_zero()) {
    *out = Value::Null();
    return nullptr;
  }
  return StoreDecimal("mod", Decimal::Modulo(DecimalOf(args[0]), divisor), site, out, scratch);
}

Failure RunRealModulo(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  double divisor = RealOf(args[1]);
  if (divisor == 0) {
    *out = Value::Null();
    return nullptr;
  }
  return StoreReal("mod", std::fmod(RealOf(args[0]), divisor), site, out, scratch);
}

Binding BindModulo(const std::vector<Argument>& args) {
  Binding binding = BindArithmetic("mod", args, {&RunIntegerModulo, &RunDecimalModulo, &RunRealModulo});
  if (binding.mistake) return binding;
  const Value* divisor = args[1].constant;
  bool never_zero = divisor != nullptr && !divisor->is_null() && IsTrueValue(*divisor);
  bool nullable = AnyNullable(args) || !never_zero;
  if (binding.result.kind == TypeKind::kDecimal) {
    int scale = std::max(Scale(args[0].type), Scale(args[1].type));
    int digits = std::max(IntegerDigits(args[0]), IntegerDigits(args[1]));
    binding.result = DecimalType(digits + scale, scale, nullable);
  } else if (binding.result.kind == TypeKind::kBigInt) {
    binding.result.is_unsigned = IsUnsigned(args[0].type);
  }
  binding.result.nullable = nullable;
  return binding;
}

}  // namespace

const FunctionDef& Modulo() {
  static const FunctionDef def = {
      .name = "mod",
      .aliases = {"%"},
      .family = "operator",
      .doc =
          "The remainder, with the sign of the left side; NULL when divided by zero. Written `a mod b`, `a % "
          "b` or "
          "`mod(a, b)`.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "double, decimal or bigint; nullable unless divided by a literal",
      .bind = &BindModulo,
      .examples =
          {
              {{"7", "3"}, "1"},
              {{"-7", "3"}, "-1"},
              {{"7.5", "2"}, "1.5"},
              {{"7", "0"}, "null"},
              {{"7.5e0", "2"}, "1.5"},
          },
  };
  return def;
}

}  // namespace cdc::functions
