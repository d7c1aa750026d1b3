#include "stdlib/functions/operators/bits.h"

#include <cmath>

namespace cdc::functions {

uint64_t BitsOf(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kInt:
    case ValueKind::kUint:
      return value.unsigned_integer();
    case ValueKind::kDecimal: {
      Decimal number = DecimalOf(value);
      if (number.negative()) return static_cast<uint64_t>(number.ToInt().value_or(INT64_MIN));
      return number.ToUint().value_or(UINT64_MAX);
    }
    default:
      break;
  }
  double rounded = std::nearbyint(value.real());
  if (rounded >= 18446744073709551615.0) return UINT64_MAX;
  if (rounded < 0)
    return static_cast<uint64_t>(rounded <= -9223372036854775808.0 ? INT64_MIN : static_cast<int64_t>(rounded));
  return static_cast<uint64_t>(rounded);
}

Binding BindBits(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  binding.mistake = NeedNumbers(function, args);
  binding.wanted.resize(args.size());
  binding.result = BigIntType(true, AnyNullable(args));
  binding.code = code;
  return binding;
}

}  // namespace cdc::functions
