#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {
namespace {

Failure RunIntegerSubtract(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreInteger("-", IntegerOf(args[0]) - IntegerOf(args[1]), site, out, scratch);
}

Failure RunDecimalSubtract(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreDecimal("-", Decimal::Subtract(DecimalOf(args[0]), DecimalOf(args[1])), site, out, scratch);
}

Failure RunRealSubtract(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("-", RealOf(args[0]) - RealOf(args[1]), site, out, scratch);
}

Failure NegateInteger(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreInteger("-", -IntegerOf(args[0]), site, out, scratch);
}

Failure NegateDecimal(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreDecimal("-", DecimalOf(args[0]).Negate(), site, out, scratch);
}

Failure NegateReal(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(-args[0].real());
  return nullptr;
}

Binding BindNegate(const std::vector<Argument>& args) {
  Binding binding = BindArithmetic("-", args, {&NegateInteger, &NegateDecimal, &NegateReal});
  if (binding.result.kind == TypeKind::kDecimal) {
    binding.result = DecimalType(args[0].type.precision, args[0].type.scale, args[0].type.nullable);
  } else if (binding.result.kind == TypeKind::kBigInt) {
    binding.result.is_unsigned = false;
  }
  return binding;
}

Binding BindSubtract(const std::vector<Argument>& args) {
  if (args.size() == 1) return BindNegate(args);
  Binding binding = BindArithmetic("-", args, {&RunIntegerSubtract, &RunDecimalSubtract, &RunRealSubtract});
  if (binding.result.kind == TypeKind::kDecimal) binding.result = SumType(args);
  return binding;
}

}  // namespace

const FunctionDef& Subtract() {
  static const FunctionDef def = {
      .name = "-",
      .family = "operator",
      .doc =
          "The difference, or the number with the other sign. An unsigned difference below zero fails the "
          "row, as "
          "in MySQL.",
      .parameters = {{"left"}, {"right", true}},
      .result_rule = "double, decimal or bigint",
      .bind = &BindSubtract,
      .examples =
          {
              {{"5", "7"}, "-2"},
              {{"1::bigint unsigned", "2"}, "error: `-`: out of range of `bigint unsigned`"},
              {{"1.00::decimal(4,2)", "1"}, "0.00"},
              {{"5"}, "-5"},
              {{"0.00::decimal(4,2)"}, "0.00"},
              {{"9223372036854775808"}, "-9223372036854775808"},
              {{"9223372036854775809"}, "error: `-`: out of range of `bigint`"},
              {{"1.5e0"}, "-1.5"},
          },
  };
  return def;
}

}  // namespace cdc::functions
