#include "stdlib/functions/numeric/numbers.h"

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

Failure Unchanged(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = args[0];
  return nullptr;
}

}  // namespace cdc::functions
