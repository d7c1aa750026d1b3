#include "stdlib/functions/json/edit.h"

namespace cdc::functions {
namespace {

Failure RunJsonRemove(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> document = NormalDocument(args[0], scratch);
  *out = Value::Null();
  if (!document) return nullptr;
  for (const JsonPath& path : site.State<JsonPaths>())
    *document = EditJson(*document, path, JsonEdit::kRemove, {}, scratch);
  *out = Value::Json(*document);
  return nullptr;
}

Binding BindJsonRemove(const std::vector<Argument>& args) {
  Binding binding = BindJsonPaths("json_remove", args, 1, 1, &RunJsonRemove);
  if (binding.mistake) return binding;
  const JsonPaths& paths = *static_cast<const JsonPaths*>(binding.state.get());
  for (size_t i = 0; i < paths.size(); ++i) {
    if (paths[i].steps.empty()) return Fail(105, 1 + i, "`json_remove` cannot remove the whole document");
  }
  binding.result = MakeType(TypeKind::kJson, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonRemove() {
  static const FunctionDef def = {
      .name = "json_remove",
      .family = "json",
      .doc = "The document without what is at paths, one after the other.",
      .parameters = {{"document"}, {"path"}},
      .variadic = true,
      .result_rule = "json",
      .checks_literals = true,
      .bind = &BindJsonRemove,
      .examples =
          {
              {{R"('{"a": 1, "b": [2, 3]}'::json)", "'$.a'"}, R"('{"b": [2, 3]}')"},
              {{R"('{"a": 1, "b": [2, 3]}'::json)", "'$.b[0]'", "'$.b[0]'"}, R"('{"a": 1, "b": []}')"},
              {{"'[1, 2, 3]'::json", "'$[2]'"}, "'[1, 2]'"},
              {{R"('{"a": 1, "b": 2}'::json)", "'$.a[0]'"}, R"('{"b": 2}')"},
              {{R"('{"a": 1}'::json)", "'$.x'"}, R"('{"a": 1}')"},
          },
  };
  return def;
}

}  // namespace cdc::functions
