#include "stdlib/functions/operators/bits.h"

namespace cdc::functions {
namespace {

Failure RunBitAnd(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Uint(BitsOf(args[0]) & BitsOf(args[1]));
  return nullptr;
}

Binding BindBitAnd(const std::vector<Argument>& args) { return BindBits("&", args, &RunBitAnd); }

}  // namespace

const FunctionDef& BitAnd() {
  static const FunctionDef def = {
      .name = "&",
      .family = "operator",
      .doc = "The bits that both have.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bigint unsigned",
      .bind = &BindBitAnd,
      .examples =
          {
              {{"6", "3"}, "2"},
              {{"-1", "255"}, "255"},
          },
  };
  return def;
}

}  // namespace cdc::functions
