#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunEndsWith(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text(), end = args[1].text();
  *out = Value::Bool(text.size() >= end.size() && text.substr(text.size() - end.size()) == end);
  return nullptr;
}

Binding BindEndsWith(const std::vector<Argument>& args) {
  Binding binding = BindSearch("ends_with", args, &RunEndsWith);
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& EndsWith() {
  static const FunctionDef def = {
      .name = "ends_with",
      .family = "text",
      .doc = "Whether the text ends with another one. Upper and lower case differ. Not in MySQL.",
      .parameters = {{"text"}, {"end"}},
      .result_rule = "bool",
      .bind = &BindEndsWith,
      .examples =
          {
              {{"'photo.jpg'", "'.jpg'"}, "true"},
              {{"'jpg'", "'.jpg'"}, "false"},
              {{"'a'", "''"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
