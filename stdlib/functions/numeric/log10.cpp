#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunLog10(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = number <= 0 ? Value::Null() : Value::Double(std::log10(number));
  return nullptr;
}

Binding BindLog10(const std::vector<Argument>& args) { return BindReal("log10", args, &RunLog10, true); }

}  // namespace

const FunctionDef& Log10() {
  static const FunctionDef def = {
      .name = "log10",
      .family = "numeric",
      .doc = "The logarithm to the base 10; NULL unless the number is above zero.",
      .parameters = {{"number"}},
      .result_rule = "double, nullable",
      .bind = &BindLog10,
      .examples =
          {
              {{"1000"}, "3"},
              {{"0"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
