#include <algorithm>

#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

int DigitsWanted(const Value* args, size_t count) { return count < 2 ? 0 : DigitsOf(args[1]); }

Decimal RoundTo(const Decimal& number, int digits) {
  if (digits >= 0) return number.Round(std::min(digits, number.scale()));
  if (-digits > Decimal::kDigitsMax) return Decimal();
  Decimal unit = PowerOfTen(-digits);
  return Decimal::Multiply(Decimal::Divide(number, unit, 0), unit);
}

Failure RunIntegerRound(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  int digits = DigitsWanted(args, count);
  if (digits >= 0) {
    *out = args[0];
    return nullptr;
  }
  Decimal rounded = RoundTo(DecimalOf(args[0]), digits);
  std::optional<uint64_t> magnitude = (rounded.negative() ? rounded.Negate() : rounded).ToUint();
  if (!magnitude) return OutOfRange("round", site, scratch);
  __int128 number = *magnitude;
  return StoreInteger("round", rounded.negative() ? -number : number, site, out, scratch);
}

Failure RunDecimalRound(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  return StoreDecimal("round", RoundTo(DecimalOf(args[0]), DigitsWanted(args, count)), site, out, scratch);
}

Failure RunRealRound(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  *out = Value::Double(RoundReal(args[0].real(), DigitsWanted(args, count)));
  return nullptr;
}

Binding BindRound(const std::vector<Argument>& args) {
  std::vector<Argument> number = {args[0]};
  Binding binding = BindArithmetic("round", number, {&RunIntegerRound, &RunDecimalRound, &RunRealRound});
  if (!binding.mistake && args.size() > 1) binding.mistake = NeedInteger("round", args, 1);
  binding.wanted.resize(args.size());
  binding.result.nullable = AnyNullable(args);
  if (binding.result.kind == TypeKind::kBigInt) binding.result.is_unsigned = IsUnsigned(args[0].type);
  if (binding.result.kind != TypeKind::kDecimal) return binding;
  int scale = args[0].type.scale;
  int wanted = scale;
  if (args.size() == 1) {
    wanted = 0;
  } else if (args[1].constant != nullptr && !args[1].constant->is_null()) {
    wanted = std::clamp(DigitsOf(*args[1].constant), 0, scale);
  }
  int digits = args[0].type.precision - scale + 1;
  binding.result = DecimalType(digits + wanted, wanted, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Round() {
  static const FunctionDef def = {
      .name = "round",
      .family = "numeric",
      .doc =
          "The number with that many digits after the point (0 if left out; negative: zeros before it). "
          "Decimals "
          "round half away from zero, doubles half to even.",
      .parameters = {{"number"}, {"digits", true}},
      .result_rule = "bigint, decimal with that scale, or double",
      .bind = &BindRound,
      .examples =
          {
              {{"2.5"}, "3"},
              {{"-2.5"}, "-3"},
              {{"2.5e0"}, "2"},
              {{"1.005", "2"}, "1.01"},
              {{"1.5", "4"}, "1.5"},
              {{"1250", "-2"}, "1300"},
              {{"-0.4"}, "0"},
              {{"99.95::decimal(4,2)", "1"}, "100.0"},
              {{"1.25e0", "1"}, "1.2"},
              {{"1.5", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
