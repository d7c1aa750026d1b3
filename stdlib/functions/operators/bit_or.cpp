#include "stdlib/functions/operators/bits.h"

namespace cdc::functions {
namespace {

Failure RunBitOr(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Uint(BitsOf(args[0]) | BitsOf(args[1]));
  return nullptr;
}

Binding BindBitOr(const std::vector<Argument>& args) { return BindBits("|", args, &RunBitOr); }

}  // namespace

const FunctionDef& BitOr() {
  static const FunctionDef def = {
      .name = "|",
      .family = "operator",
      .doc = "The bits that one of both has.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bigint unsigned",
      .bind = &BindBitOr,
      .examples =
          {
              {{"6", "3"}, "7"},
              {{"-1", "0"}, "18446744073709551615"},
          },
  };
  return def;
}

}  // namespace cdc::functions
