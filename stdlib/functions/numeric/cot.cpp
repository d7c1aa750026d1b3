#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunCot(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("cot", 1.0 / std::tan(RealOf(args[0])), site, out, scratch);
}

Binding BindCot(const std::vector<Argument>& args) { return BindReal("cot", args, &RunCot, false); }

}  // namespace

const FunctionDef& Cot() {
  static const FunctionDef def = {
      .name = "cot",
      .family = "numeric",
      .doc = "The cotangent of an angle in radians; zero has none and fails the row.",
      .parameters = {{"radians"}},
      .result_rule = "double",
      .bind = &BindCot,
      .examples =
          {
              {{"1"}, "0.6420926159343306"},
              {{"0"}, "error: `cot`: out of range of `double`"},
          },
  };
  return def;
}

}  // namespace cdc::functions
