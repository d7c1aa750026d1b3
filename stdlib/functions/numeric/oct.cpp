#include "stdlib/functions/numeric/bases.h"

namespace cdc::functions {
namespace {

Failure RunOct(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = InBase(WholeBits(args[0]), 8, scratch);
  return nullptr;
}

Binding BindOct(const std::vector<Argument>& args) { return BindBase("oct", args, &RunOct); }

}  // namespace

const FunctionDef& Oct() {
  static const FunctionDef def = {
      .name = "oct",
      .family = "numeric",
      .doc = "The whole part of a number in base 8, with 64 bits.",
      .parameters = {{"number"}},
      .result_rule = "varchar(65)",
      .bind = &BindOct,
      .examples =
          {
              {{"12"}, "'14'"},
              {{"-1"}, "'1777777777777777777777'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
