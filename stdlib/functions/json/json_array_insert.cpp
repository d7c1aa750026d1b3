#include "stdlib/functions/json/edit.h"

namespace cdc::functions {
namespace {

Failure RunJsonArrayInsert(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Edited(site, args, count, JsonEdit::kBefore, scratch);
  return nullptr;
}

Binding BindJsonArrayInsert(const std::vector<Argument>& args) {
  Binding binding = BindJsonEdit("json_array_insert", args, &RunJsonArrayInsert);
  if (binding.mistake) return binding;
  const JsonPaths& paths = *static_cast<const JsonPaths*>(binding.state.get());
  for (size_t i = 0; i < paths.size(); ++i) {
    bool element = !paths[i].steps.empty() && paths[i].steps.back().is_index;
    if (!element) return Fail(105, 1 + 2 * i, "a path of `json_array_insert` ends with an element: `'$.list[0]'`");
  }
  return binding;
}

}  // namespace

const FunctionDef& JsonArrayInsert() {
  static const FunctionDef def = {
      .name = "json_array_insert",
      .family = "json",
      .doc = "The document with values before the elements at paths, or at the end of an array that is shorter.",
      .parameters = {{"document"}, {"path"}, {"value"}},
      .variadic = true,
      .result_rule = "json",
      .checks_literals = true,
      .bind = &BindJsonArrayInsert,
      .examples =
          {
              {{"'[1, 2]'::json", "'$[1]'", "'x'"}, R"('[1, "x", 2]')"},
              {{"'[1]'::json", "'$[9]'", "2"}, "'[1, 2]'"},
              {{"'[]'::json", "'$[0]'", "1"}, "'[1]'"},
              {{R"('{"a": 1}'::json)", "'$.a[0]'", "2"}, R"('{"a": 1}')"},
          },
  };
  return def;
}

}  // namespace cdc::functions
