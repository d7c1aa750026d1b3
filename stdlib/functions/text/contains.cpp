#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunContains(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(args[0].text().find(args[1].text()) != std::string_view::npos);
  return nullptr;
}

Binding BindContains(const std::vector<Argument>& args) {
  Binding binding = BindSearch("contains", args, &RunContains);
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Contains() {
  static const FunctionDef def = {
      .name = "contains",
      .family = "text",
      .doc = "Whether another text stands somewhere in the text. Upper and lower case differ. Not in MySQL.",
      .parameters = {{"text"}, {"wanted"}},
      .result_rule = "bool",
      .bind = &BindContains,
      .examples =
          {
              {{"'a test account'", "'test'"}, "true"},
              {{"'a Test account'", "'test'"}, "false"},
              {{"'a'", "''"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
