#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunLog2(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = number <= 0 ? Value::Null() : Value::Double(std::log2(number));
  return nullptr;
}

Binding BindLog2(const std::vector<Argument>& args) { return BindReal("log2", args, &RunLog2, true); }

}  // namespace

const FunctionDef& Log2() {
  static const FunctionDef def = {
      .name = "log2",
      .family = "numeric",
      .doc = "The logarithm to the base 2; NULL unless the number is above zero.",
      .parameters = {{"number"}},
      .result_rule = "double, nullable",
      .bind = &BindLog2,
      .examples =
          {
              {{"8"}, "3"},
              {{"0"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
