#include "stdlib/functions/numeric/bases.h"

namespace cdc::functions {
namespace {

Failure RunBin(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = InBase(WholeBits(args[0]), 2, scratch);
  return nullptr;
}

Binding BindBin(const std::vector<Argument>& args) { return BindBase("bin", args, &RunBin); }

}  // namespace

const FunctionDef& Bin() {
  static const FunctionDef def = {
      .name = "bin",
      .family = "numeric",
      .doc = "The whole part of a number in base 2, with 64 bits.",
      .parameters = {{"number"}},
      .result_rule = "varchar(65)",
      .bind = &BindBin,
      .examples =
          {
              {{"12"}, "'1100'"},
              {{"12.9"}, "'1100'"},
              {{"-1"}, "'1111111111111111111111111111111111111111111111111111111111111111'"},
              {{"0"}, "'0'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
