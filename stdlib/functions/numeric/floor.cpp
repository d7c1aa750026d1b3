#include <cmath>

#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

Failure RunDecimalFloor(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreWhole("floor", DecimalOf(args[0]).Floor(), site, out, scratch);
}

Failure RunRealFloor(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(std::floor(args[0].real()));
  return nullptr;
}

Binding BindFloor(const std::vector<Argument>& args) {
  return BindWhole("floor", args, {&Unchanged, &RunDecimalFloor, &RunRealFloor});
}

}  // namespace

const FunctionDef& Floor() {
  static const FunctionDef def = {
      .name = "floor",
      .family = "numeric",
      .doc = "The nearest whole number that is not above.",
      .parameters = {{"number"}},
      .result_rule = "bigint, decimal without fraction, or double",
      .bind = &BindFloor,
      .examples =
          {
              {{"1.9"}, "1"},
              {{"-1.1"}, "-2"},
              {{"7"}, "7"},
              {{"-0.5e0"}, "-1"},
              {{"12345678901234567890.5"}, "12345678901234567890"},
          },
  };
  return def;
}

}  // namespace cdc::functions
