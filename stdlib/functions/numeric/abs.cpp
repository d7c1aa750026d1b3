#include <cmath>

#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

Failure RunIntegerAbs(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  __int128 number = IntegerOf(args[0]);
  return StoreInteger("abs", number < 0 ? -number : number, site, out, scratch);
}

Failure RunDecimalAbs(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  Decimal number = DecimalOf(args[0]);
  return StoreDecimal("abs", number.negative() ? number.Negate() : number, site, out, scratch);
}

Failure RunRealAbs(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(std::fabs(args[0].real()));
  return nullptr;
}

Binding BindAbs(const std::vector<Argument>& args) {
  Binding binding = BindArithmetic("abs", args, {&RunIntegerAbs, &RunDecimalAbs, &RunRealAbs});
  if (binding.result.kind == TypeKind::kDecimal) {
    binding.result = DecimalType(args[0].type.precision, args[0].type.scale, args[0].type.nullable);
  }
  return binding;
}

}  // namespace

const FunctionDef& Abs() {
  static const FunctionDef def = {
      .name = "abs",
      .family = "numeric",
      .doc = "The number without its sign.",
      .parameters = {{"number"}},
      .result_rule = "bigint, decimal or double",
      .bind = &BindAbs,
      .examples =
          {
              {{"-7"}, "7"},
              {{"-1.50"}, "1.50"},
              {{"-1.5e0"}, "1.5"},
              {{"-9223372036854775808::bigint"}, "error: `abs`: out of range of `bigint`"},
          },
  };
  return def;
}

}  // namespace cdc::functions
