#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunAtan(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = Value::Double(count > 1 ? std::atan2(number, RealOf(args[1])) : std::atan(number));
  return nullptr;
}

Binding BindAtan(const std::vector<Argument>& args) { return BindReal("atan", args, &RunAtan, false); }

}  // namespace

const FunctionDef& Atan() {
  static const FunctionDef def = {
      .name = "atan",
      .aliases = {"atan2"},
      .family = "numeric",
      .doc =
          "The angle in radians that has this tangent; of two arguments, the angle of the point (x, y) from the axis "
          "of x.",
      .parameters = {{"y"}, {"x", true}},
      .result_rule = "double",
      .bind = &BindAtan,
      .examples =
          {
              {{"0"}, "0"},
              {{"1", "1"}, "0.7853981633974483"},
              {{"0", "-1"}, "3.141592653589793"},
          },
  };
  return def;
}

}  // namespace cdc::functions
