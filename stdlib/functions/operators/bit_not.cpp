#include "stdlib/functions/operators/bits.h"

namespace cdc::functions {
namespace {

Failure RunBitNot(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Uint(~BitsOf(args[0]));
  return nullptr;
}

Binding BindBitNot(const std::vector<Argument>& args) { return BindBits("~", args, &RunBitNot); }

}  // namespace

const FunctionDef& BitNot() {
  static const FunctionDef def = {
      .name = "~",
      .family = "operator",
      .doc = "The bits that it has not, of 64.",
      .parameters = {{"value"}},
      .result_rule = "bigint unsigned",
      .bind = &BindBitNot,
      .examples =
          {
              {{"0"}, "18446744073709551615"},
              {{"18446744073709551615::bigint unsigned"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
