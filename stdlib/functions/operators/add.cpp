#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {
namespace {

Failure RunIntegerAdd(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreInteger("+", IntegerOf(args[0]) + IntegerOf(args[1]), site, out, scratch);
}

Failure RunDecimalAdd(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreDecimal("+", Decimal::Add(DecimalOf(args[0]), DecimalOf(args[1])), site, out, scratch);
}

Failure RunRealAdd(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("+", RealOf(args[0]) + RealOf(args[1]), site, out, scratch);
}

Binding BindAdd(const std::vector<Argument>& args) {
  Binding binding = BindArithmetic("+", args, {&RunIntegerAdd, &RunDecimalAdd, &RunRealAdd});
  if (binding.result.kind == TypeKind::kDecimal) binding.result = SumType(args);
  return binding;
}

}  // namespace

const FunctionDef& Add() {
  static const FunctionDef def = {
      .name = "+",
      .family = "operator",
      .doc = "The sum. Exact for integers and decimals; out of range fails the row.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "double, decimal or bigint",
      .bind = &BindAdd,
      .examples =
          {
              {{"1", "2"}, "3"},
              {{"0.1", "0.2"}, "0.3"},
              {{"1.50::decimal(4,2)", "1"}, "2.50"},
              {{"0.1e0", "0.2"}, "0.30000000000000004"},
              {{"9223372036854775807", "1"}, "error: `+`: out of range of `bigint`"},
              {{"9223372036854775808", "1"}, "9223372036854775809"},
              {{"-0.00::decimal(4,2)", "0"}, "0.00"},
              {{"1", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
