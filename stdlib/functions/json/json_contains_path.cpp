#include "stdlib/core/names.h"
#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

Failure RunJsonContainsPath(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  std::optional<std::string_view> document = DocumentOf(args[0]);
  *out = Value::Null();
  if (!document) return nullptr;
  bool all = FoldName(args[1].text()) == "all";
  const JsonPaths& paths = site.State<JsonPaths>();
  size_t found = 0;
  for (const JsonPath& path : paths) found += Follow(*document, path) ? 1 : 0;
  *out = Value::Bool(all ? found == paths.size() : found > 0);
  return nullptr;
}

Binding BindJsonContainsPath(const std::vector<Argument>& args) {
  bool written = args[1].constant != nullptr && IsText(args[1].type.kind) && !args[1].constant->is_null();
  std::string how = written ? FoldName(args[1].constant->text()) : "";
  if (how != "one" && how != "all") return Fail(105, 1, "this is `'one'` or `'all'`, written in the program");
  Binding binding = BindJsonPaths("json_contains_path", args, 2, 1, &RunJsonContainsPath);
  binding.reads = 2;
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonContainsPath() {
  static const FunctionDef def = {
      .name = "json_contains_path",
      .family = "json",
      .doc = "Whether one, or all, of the paths lead to something in the document.",
      .parameters = {{"document"}, {"one_or_all"}, {"path"}},
      .variadic = true,
      .result_rule = "bool",
      .checks_literals = true,
      .bind = &BindJsonContainsPath,
      .examples =
          {
              {{R"('{"a": 1, "b": null}'::json)", "'one'", "'$.x'", "'$.b'"}, "true"},
              {{R"('{"a": 1}'::json)", "'all'", "'$.a'", "'$.b'"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
