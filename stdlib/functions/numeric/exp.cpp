#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunExp(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreReal("exp", std::exp(RealOf(args[0])), site, out, scratch);
}

Binding BindExp(const std::vector<Argument>& args) { return BindReal("exp", args, &RunExp, false); }

}  // namespace

const FunctionDef& Exp() {
  static const FunctionDef def = {
      .name = "exp",
      .family = "numeric",
      .doc = "e to the power of the number.",
      .parameters = {{"number"}},
      .result_rule = "double",
      .bind = &BindExp,
      .examples =
          {
              {{"0"}, "1"},
              {{"1"}, "2.718281828459045"},
              {{"1000"}, "error: `exp`: out of range of `double`"},
          },
  };
  return def;
}

}  // namespace cdc::functions
