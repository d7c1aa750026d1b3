#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunLn(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = number <= 0 ? Value::Null() : Value::Double(std::log(number));
  return nullptr;
}

Binding BindLn(const std::vector<Argument>& args) { return BindReal("ln", args, &RunLn, true); }

}  // namespace

const FunctionDef& Ln() {
  static const FunctionDef def = {
      .name = "ln",
      .family = "numeric",
      .doc = "The natural logarithm; NULL unless the number is above zero.",
      .parameters = {{"number"}},
      .result_rule = "double, nullable",
      .bind = &BindLn,
      .examples =
          {
              {{"1"}, "0"},
              {{"0"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
