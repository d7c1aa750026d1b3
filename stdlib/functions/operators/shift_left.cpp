#include "stdlib/functions/operators/bits.h"

namespace cdc::functions {
namespace {

Failure RunShiftLeft(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Uint(BitsOf(args[1]) > 63 ? 0 : BitsOf(args[0]) << BitsOf(args[1]));
  return nullptr;
}

Binding BindShiftLeft(const std::vector<Argument>& args) { return BindBits("<<", args, &RunShiftLeft); }

}  // namespace

const FunctionDef& ShiftLeft() {
  static const FunctionDef def = {
      .name = "<<",
      .family = "operator",
      .doc = "The bits moved up; 0 when moved by 64 or more.",
      .parameters = {{"value"}, {"places"}},
      .result_rule = "bigint unsigned",
      .bind = &BindShiftLeft,
      .examples =
          {
              {{"1", "4"}, "16"},
              {{"1", "64"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
