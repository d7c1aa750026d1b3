#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunAsin(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = std::fabs(number) > 1 ? Value::Null() : Value::Double(std::asin(number));
  return nullptr;
}

Binding BindAsin(const std::vector<Argument>& args) { return BindReal("asin", args, &RunAsin, true); }

}  // namespace

const FunctionDef& Asin() {
  static const FunctionDef def = {
      .name = "asin",
      .family = "numeric",
      .doc = "The angle in radians that has this sine; NULL outside of -1 … 1.",
      .parameters = {{"number"}},
      .result_rule = "double, nullable",
      .bind = &BindAsin,
      .examples =
          {
              {{"0"}, "0"},
              {{"1.1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
