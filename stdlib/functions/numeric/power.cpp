#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunPower(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("pow", std::pow(RealOf(args[0]), RealOf(args[1])), site, out, scratch);
}

Binding BindPower(const std::vector<Argument>& args) { return BindReal("pow", args, &RunPower, false); }

}  // namespace

const FunctionDef& Power() {
  static const FunctionDef def = {
      .name = "pow",
      .aliases = {"power"},
      .family = "numeric",
      .doc = "The base to the power of the exponent. What is no number, or out of range, fails the row.",
      .parameters = {{"base"}, {"exponent"}},
      .result_rule = "double",
      .bind = &BindPower,
      .examples =
          {
              {{"2", "10"}, "1024"},
              {{"2", "-1"}, "0.5"},
              {{"1e200", "2"}, "error: `pow`: out of range of `double`"},
              {{"-1", "0.5"}, "error: `pow`: out of range of `double`"},
          },
  };
  return def;
}

}  // namespace cdc::functions
