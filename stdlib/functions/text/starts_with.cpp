#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunStartsWith(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(args[0].text().substr(0, args[1].text().size()) == args[1].text());
  return nullptr;
}

Binding BindStartsWith(const std::vector<Argument>& args) {
  Binding binding = BindSearch("starts_with", args, &RunStartsWith);
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& StartsWith() {
  static const FunctionDef def = {
      .name = "starts_with",
      .family = "text",
      .doc = "Whether the text starts with another one. Upper and lower case differ. Not in MySQL.",
      .parameters = {{"text"}, {"start"}},
      .result_rule = "bool",
      .bind = &BindStartsWith,
      .examples =
          {
              {{"'order-17'", "'order'"}, "true"},
              {{"'order-17'", "'Order'"}, "false"},
              {{"'a'", "''"}, "true"},
              {{"'a'", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
