#include "stdlib/functions/operators/bits.h"

namespace cdc::functions {
namespace {

Failure RunShiftRight(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Uint(BitsOf(args[1]) > 63 ? 0 : BitsOf(args[0]) >> BitsOf(args[1]));
  return nullptr;
}

Binding BindShiftRight(const std::vector<Argument>& args) { return BindBits(">>", args, &RunShiftRight); }

}  // namespace

const FunctionDef& ShiftRight() {
  static const FunctionDef def = {
      .name = ">>",
      .family = "operator",
      .doc = "The bits moved down; 0 when moved by 64 or more.",
      .parameters = {{"value"}, {"places"}},
      .result_rule = "bigint unsigned",
      .bind = &BindShiftRight,
      .examples =
          {
              {{"16", "4"}, "1"},
              {{"-1", "63"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
