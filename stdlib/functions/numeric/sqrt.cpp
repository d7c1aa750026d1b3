#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunSqrt(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = number < 0 ? Value::Null() : Value::Double(std::sqrt(number));
  return nullptr;
}

Binding BindSqrt(const std::vector<Argument>& args) { return BindReal("sqrt", args, &RunSqrt, true); }

}  // namespace

const FunctionDef& Sqrt() {
  static const FunctionDef def = {
      .name = "sqrt",
      .family = "numeric",
      .doc = "The square root; NULL for a negative number.",
      .parameters = {{"number"}},
      .result_rule = "double, nullable",
      .bind = &BindSqrt,
      .examples =
          {
              {{"2.25"}, "1.5"},
              {{"-1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
