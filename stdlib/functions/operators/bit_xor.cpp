#include "stdlib/functions/operators/bits.h"

namespace cdc::functions {
namespace {

Failure RunBitXor(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Uint(BitsOf(args[0]) ^ BitsOf(args[1]));
  return nullptr;
}

Binding BindBitXor(const std::vector<Argument>& args) { return BindBits("^", args, &RunBitXor); }

}  // namespace

const FunctionDef& BitXor() {
  static const FunctionDef def = {
      .name = "^",
      .family = "operator",
      .doc = "The bits that exactly one of both has.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bigint unsigned",
      .bind = &BindBitXor,
      .examples =
          {
              {{"6", "3"}, "5"},
              {{"null", "3"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
