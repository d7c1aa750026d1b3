#include <cmath>

#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

Failure RunDecimalCeil(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  return StoreWhole("ceil", DecimalOf(args[0]).Ceil(), site, out, scratch);
}

Failure RunRealCeil(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Double(std::ceil(args[0].real()));
  return nullptr;
}

Binding BindCeil(const std::vector<Argument>& args) {
  return BindWhole("ceil", args, {&Unchanged, &RunDecimalCeil, &RunRealCeil});
}

}  // namespace

const FunctionDef& Ceil() {
  static const FunctionDef def = {
      .name = "ceil",
      .aliases = {"ceiling"},
      .family = "numeric",
      .doc = "The nearest whole number that is not below.",
      .parameters = {{"number"}},
      .result_rule = "bigint, decimal without fraction, or double",
      .bind = &BindCeil,
      .examples =
          {
              {{"1.1"}, "2"},
              {{"-1.9"}, "-1"},
              {{"7"}, "7"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
