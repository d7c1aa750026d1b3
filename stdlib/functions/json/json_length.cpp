#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

Failure RunJsonLength(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  std::optional<std::string_view> found = DocumentOf(args[0]);
  const JsonPaths& paths = site.State<JsonPaths>();
  if (found && !paths.empty()) found = Follow(*found, paths[0]);
  *out = Value::Null();
  if (!found) return nullptr;
  JsonKind kind = KindOfJson(*found);
  bool container = kind == JsonKind::kArray || kind == JsonKind::kObject;
  *out = Value::Int(container ? static_cast<int64_t>(JsonSize(*found)) : 1);
  return nullptr;
}

Binding BindJsonLength(const std::vector<Argument>& args) {
  Binding binding = BindJsonPaths("json_length", args, 1, 1, &RunJsonLength);
  binding.result = BigIntType(false, binding.result.nullable || args.size() > 1);
  return binding;
}

}  // namespace

const FunctionDef& JsonLength() {
  static const FunctionDef def = {
      .name = "json_length",
      .family = "json",
      .doc =
          "The elements of an array or the members of an object, 1 for anything else; of the document, or of what a "
          "path leads to.",
      .parameters = {{"document"}, {"path", true}},
      .result_rule = "bigint, nullable with a path",
      .checks_literals = true,
      .bind = &BindJsonLength,
      .examples =
          {
              {{"'[1, 2, [3]]'::json"}, "3"},
              {{R"('{"a": [1, 2]}'::json)", "'$.a'"}, "2"},
              {{R"('{"a": 1}'::json)", "'$.b'"}, "null"},
              {{R"('"x"'::json)"}, "1"},
              {{"'no json'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
