#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

constexpr double kPi = 3.141592653589793;

Failure RunPi(const CallSite&, const Value*, size_t, Value* out, Arena*) {
  *out = Value::Double(kPi);
  return nullptr;
}

Binding BindPi(const std::vector<Argument>& args) { return BindReal("pi", args, &RunPi, false); }

}  // namespace

const FunctionDef& Pi() {
  static const FunctionDef def = {
      .name = "pi",
      .family = "numeric",
      .doc = "3.141592653589793. MySQL computes with the same number and shows six digits of it.",
      .result_rule = "double, not null",
      .bind = &BindPi,
      .examples =
          {
              {{}, "3.141592653589793"},
          },
  };
  return def;
}

}  // namespace cdc::functions
