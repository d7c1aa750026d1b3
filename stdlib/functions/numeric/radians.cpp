#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunRadians(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  constexpr double kRadiansPerDegree = 3.141592653589793 / 180;
  *out = Value::Double(RealOf(args[0]) * kRadiansPerDegree);
  return nullptr;
}

Binding BindRadians(const std::vector<Argument>& args) { return BindReal("radians", args, &RunRadians, false); }

}  // namespace

const FunctionDef& Radians() {
  static const FunctionDef def = {
      .name = "radians",
      .family = "numeric",
      .doc = "Degrees as radians.",
      .parameters = {{"degrees"}},
      .result_rule = "double",
      .bind = &BindRadians,
      .examples =
          {
              {{"0"}, "0"},
              {{"180"}, "3.141592653589793"},
          },
  };
  return def;
}

}  // namespace cdc::functions
