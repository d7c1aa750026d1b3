#include "stdlib/functions/numeric/numbers.h"

#include <cmath>
#include <cstdlib>

namespace cdc::functions {

Binding BindWhole(std::string_view function, const std::vector<Argument>& args, const ArithmeticCodes& codes) {
  Binding binding = BindArithmetic(function, args, codes);
  if (binding.result.kind != TypeKind::kDecimal) return binding;
  constexpr int kCertainDigits = 17;
  const Type& type = args[0].type;
  bool nullable = binding.result.nullable;
  if (type.precision - type.scale <= kCertainDigits) {
    binding.result = BigIntType(false, nullable);
  } else {
    binding.result = DecimalType(type.precision - type.scale + 1, 0, nullable);
  }
  return binding;
}

Failure StoreWhole(std::string_view function, const Decimal& number, const CallSite& site, Value* out, Arena* scratch) {
  if (site.result.kind == TypeKind::kDecimal) return StoreDecimal(function, number, site, out, scratch);
  return StoreInteger(function, number.ToInt().value_or(0), site, out, scratch);
}

int DigitsOf(const Value& wanted) {
  __int128 digits = IntegerOf(wanted);
  constexpr int kFar = 400;
  return digits > kFar ? kFar : digits < -kFar ? -kFar : static_cast<int>(digits);
}

Decimal PowerOfTen(int exponent) {
  Decimal power = Decimal::FromInt(1), ten = Decimal::FromInt(10);
  for (; exponent > 0; --exponent) power = Decimal::Multiply(power, ten);
  return power;
}

double RoundReal(double value, int digits) {
  double factor = std::pow(10.0, std::abs(digits));
  if (digits < 0) return std::isfinite(factor) ? std::nearbyint(value / factor) * factor : 0;
  double scaled = value * factor;
  return std::isfinite(factor) && std::isfinite(scaled) ? std::nearbyint(scaled) / factor : value;
}

double TruncateReal(double value, int digits) {
  double factor = std::pow(10.0, std::abs(digits));
  if (digits < 0) return std::isfinite(factor) ? std::trunc(value / factor) * factor : 0;
  double scaled = value * factor;
  return std::isfinite(factor) && std::isfinite(scaled) ? std::trunc(scaled) / factor : value;
}

Failure Unchanged(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = args[0];
  return nullptr;
}

}  // namespace cdc::functions
