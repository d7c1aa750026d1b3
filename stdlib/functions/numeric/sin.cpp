#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunSin(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(std::sin(RealOf(args[0])));
  return nullptr;
}

Binding BindSin(const std::vector<Argument>& args) { return BindReal("sin", args, &RunSin, false); }

}  // namespace

const FunctionDef& Sin() {
  static const FunctionDef def = {
      .name = "sin",
      .family = "numeric",
      .doc = "The sine of an angle in radians.",
      .parameters = {{"radians"}},
      .result_rule = "double",
      .bind = &BindSin,
      .examples =
          {
              {{"0"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
