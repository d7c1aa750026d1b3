#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunInstr(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(PositionOf(args[0], args[1], 1));
  return nullptr;
}

Binding BindInstr(const std::vector<Argument>& args) { return BindSearch("instr", args, &RunInstr); }

}  // namespace

const FunctionDef& Instr() {
  static const FunctionDef def = {
      .name = "instr",
      .family = "text",
      .doc =
          "Where the wanted text stands in the text, counted from 1; 0 if nowhere. `locate` with its arguments "
          "swapped.",
      .parameters = {{"text"}, {"wanted"}},
      .result_rule = "bigint",
      .bind = &BindInstr,
      .examples =
          {
              {{"'abcb'", "'b'"}, "2"},
              {{"'abc'", "'x'"}, "0"},
              {{"'abc'", "''"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
