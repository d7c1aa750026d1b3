#include <algorithm>

#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

Failure RunIntegerTruncate(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  int digits = DigitsOf(args[1]);
  __int128 number = IntegerOf(args[0]);
  constexpr int kDigitsOfBigInt = 20;
  __int128 unit = 1;
  for (int i = 0; i < std::min(-digits, kDigitsOfBigInt); ++i) unit *= 10;
  return StoreInteger("truncate", number / unit * unit, site, out, scratch);
}

Failure RunDecimalTruncate(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  Decimal number = DecimalOf(args[0]);
  int digits = DigitsOf(args[1]);
  if (digits >= 0) {
    number = number.Truncate(std::min(digits, number.scale()));
  } else if (-digits > Decimal::kDigitsMax) {
    number = Decimal();
  } else {
    Decimal unit = PowerOfTen(-digits);
    number = Decimal::Multiply(Decimal::IntegerDivide(number, unit), unit);
  }
  return StoreDecimal("truncate", number, site, out, scratch);
}

Failure RunRealTruncate(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(TruncateReal(args[0].real(), DigitsOf(args[1])));
  return nullptr;
}

Binding BindTruncate(const std::vector<Argument>& args) {
  std::vector<Argument> number = {args[0]};
  Binding binding = BindArithmetic("truncate", number, {&RunIntegerTruncate, &RunDecimalTruncate, &RunRealTruncate});
  if (!binding.mistake) binding.mistake = NeedInteger("truncate", args, 1);
  binding.result.nullable = AnyNullable(args);
  if (binding.result.kind != TypeKind::kDecimal) return binding;
  int scale = args[0].type.scale;
  int wanted = scale;
  if (args[1].constant != nullptr && !args[1].constant->is_null()) {
    wanted = std::clamp(DigitsOf(*args[1].constant), 0, scale);
  }
  binding.result = DecimalType(args[0].type.precision - scale + wanted, wanted, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Truncate() {
  static const FunctionDef def = {
      .name = "truncate",
      .family = "numeric",
      .doc = "The number cut to that many digits after the point; negative: that many digits before it become zeros.",
      .parameters = {{"number"}, {"digits"}},
      .result_rule = "bigint, decimal with that scale, or double",
      .bind = &BindTruncate,
      .examples =
          {
              {{"1.999", "1"}, "1.9"},
              {{"-1.999", "1"}, "-1.9"},
              {{"122", "-2"}, "100"},
              {{"1.999e0", "1"}, "1.9"},
              {{"199.9", "-2"}, "100"},
              {{"1.5", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
