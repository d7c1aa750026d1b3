#include "stdlib/functions/json/contains.h"

namespace cdc::functions {
namespace {

Failure RunJsonContains(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> target = DocumentOf(args[0]), wanted = DocumentOf(args[1]);
  const JsonPaths& paths = site.State<JsonPaths>();
  if (target && !paths.empty()) target = Follow(*target, paths[0]);
  *out = target && wanted ? Value::Bool(JsonContainsValue(*target, *wanted, scratch)) : Value::Null();
  return nullptr;
}

Binding BindJsonContains(const std::vector<Argument>& args) {
  Binding binding = BindJsonPaths("json_contains", args, 2, 1, &RunJsonContains);
  if (!binding.mistake) binding.mistake = NeedDocument("json_contains", args, 1);
  bool certain = args[1].type.kind == TypeKind::kJson && args.size() == 2 && !args[1].type.nullable;
  binding.result = BoolType(binding.result.nullable || !certain);
  return binding;
}

}  // namespace

const FunctionDef& JsonContains() {
  static const FunctionDef def = {
      .name = "json_contains",
      .family = "json",
      .doc =
          R"(Whether the document, or what a path leads to, contains another one: an array each of its elements, an object each of its members, anything else an equal value. The other one is JSON too, also as text: `'"x"'`.)",
      .parameters = {{"document"}, {"wanted"}, {"path", true}},
      .result_rule = "bool, nullable",
      .checks_literals = true,
      .bind = &BindJsonContains,
      .examples =
          {
              {{"'[1, 2, 3]'::json", "'2'"}, "true"},
              {{"'[1, 2, 3]'::json", "'[3, 1]'"}, "true"},
              {{R"('{"a": 1, "b": 2}'::json)", R"('{"b": 2}')"}, "true"},
              {{R"('{"a": [1, "x"]}'::json)", R"('"x"')", "'$.a'"}, "true"},
              {{"'[1, 2]'::json", "'[4]'"}, "false"},
              {{R"('{"a": 1}'::json)", "'1'", "'$.b'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
