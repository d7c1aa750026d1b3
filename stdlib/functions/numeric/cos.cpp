#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunCos(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(std::cos(RealOf(args[0])));
  return nullptr;
}

Binding BindCos(const std::vector<Argument>& args) { return BindReal("cos", args, &RunCos, false); }

}  // namespace

const FunctionDef& Cos() {
  static const FunctionDef def = {
      .name = "cos",
      .family = "numeric",
      .doc = "The cosine of an angle in radians.",
      .parameters = {{"radians"}},
      .result_rule = "double",
      .bind = &BindCos,
      .examples =
          {
              {{"0"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
