#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunTan(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("tan", std::tan(RealOf(args[0])), site, out, scratch);
}

Binding BindTan(const std::vector<Argument>& args) { return BindReal("tan", args, &RunTan, false); }

}  // namespace

const FunctionDef& Tan() {
  static const FunctionDef def = {
      .name = "tan",
      .family = "numeric",
      .doc = "The tangent of an angle in radians.",
      .parameters = {{"radians"}},
      .result_rule = "double",
      .bind = &BindTan,
      .examples =
          {
              {{"0"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
