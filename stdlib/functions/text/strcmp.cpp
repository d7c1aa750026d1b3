#include "stdlib/functions/compare.h"
#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunStrcmp(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  int order = CompareAs(CompareClass::kBytes, args[0], args[1], scratch);
  *out = Value::Int(order < 0 ? -1 : order > 0 ? 1 : 0);
  return nullptr;
}

Binding BindStrcmp(const std::vector<Argument>& args) { return BindSearch("strcmp", args, &RunStrcmp); }

}  // namespace

const FunctionDef& Strcmp() {
  static const FunctionDef def = {
      .name = "strcmp",
      .family = "text",
      .doc =
          "-1, 0 or 1: whether the first text stands before, with or behind the second in the order of their UTF-8 "
          "bytes.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bigint",
      .bind = &BindStrcmp,
      .examples =
          {
              {{"'a'", "'b'"}, "-1"},
              {{"'b'", "'a'"}, "1"},
              {{"'a'", "'a'"}, "0"},
              {{"'a'", "'A'"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
