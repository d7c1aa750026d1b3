#include "stdlib/functions/operators/arithmetic.h"

#include <algorithm>
#include <cmath>

namespace cdc::functions {

Failure OutOfRange(std::string_view function, const CallSite& site, Arena* scratch) {
  return FailWith(scratch, Quoted(function) + ": out of range of " + Quoted(site.result));
}

Binding BindArithmetic(std::string_view function, const std::vector<Argument>& args, const ArithmeticCodes& codes) {
  Binding binding;
  binding.mistake = NeedNumbers(function, args);
  binding.wanted.resize(args.size());
  auto any = [&](auto test) { return std::any_of(args.begin(), args.end(), test); };
  bool nullable = AnyNullable(args);
  if (any([](const Argument& arg) { return IsReal(arg.type.kind); })) {
    binding.result = MakeType(TypeKind::kDouble, nullable);
    binding.code = codes.real;
  } else if (any([](const Argument& arg) { return arg.type.kind == TypeKind::kDecimal; })) {
    binding.result = MakeType(TypeKind::kDecimal, nullable);
    binding.code = codes.decimal;
  } else {
    bool is_unsigned = any([](const Argument& arg) { return IsUnsigned(arg.type); });
    binding.result = BigIntType(is_unsigned, nullable);
    binding.code = codes.integer;
  }
  return binding;
}

Type SumType(const std::vector<Argument>& args) {
  const int scale = std::max(Scale(args[0].type), Scale(args[1].type));
  const int digits = std::max(IntegerDigits(args[0]), IntegerDigits(args[1])) + 1;
  return DecimalType(digits + scale, scale, AnyNullable(args));
}

Failure StoreReal(std::string_view function, double real, const CallSite& site, Value* out, Arena* scratch) {
  if (!std::isfinite(real)) return OutOfRange(function, site, scratch);
  *out = Value::Double(real);
  return nullptr;
}

Failure StoreDecimal(std::string_view function, const Decimal& number, const CallSite& site, Value* out,
                     Arena* scratch) {
  return FitDecimal(number, site.result, out, scratch) ? nullptr : OutOfRange(function, site, scratch);
}

Failure StoreInteger(std::string_view function, __int128 number, const CallSite& site, Value* out, Arena* scratch) {
  bool fits = FitInteger(number, site.result.is_unsigned, out);
  return fits ? nullptr : OutOfRange(function, site, scratch);
}

}  // namespace cdc::functions
