#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunDegrees(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  constexpr double kDegreesPerRadian = 180 / 3.141592653589793;
  return StoreReal("degrees", RealOf(args[0]) * kDegreesPerRadian, site, out, scratch);
}

Binding BindDegrees(const std::vector<Argument>& args) { return BindReal("degrees", args, &RunDegrees, false); }

}  // namespace

const FunctionDef& Degrees() {
  static const FunctionDef def = {
      .name = "degrees",
      .family = "numeric",
      .doc = "Radians as degrees.",
      .parameters = {{"radians"}},
      .result_rule = "double",
      .bind = &BindDegrees,
      .examples =
          {
              {{"0"}, "0"},
              {{"3.141592653589793e0"}, "180"},
          },
  };
  return def;
}

}  // namespace cdc::functions
