#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/path.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Failure RunJsonExtract(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> document = DocumentOf(args[0]);
  std::optional<std::string_view> found;
  if (document) found = Follow(*document, site.State<JsonPath>());
  if (!found) {
    *out = Value::Null();
  } else if (args[0].kind() == ValueKind::kJson) {
    *out = Value::Json(*found);
  } else {
    char* from = scratch->Allocate(found->size() * 2);
    char* end = WriteNormalJson(*found, from);
    scratch->ShrinkLast(end);
    *out = Value::Json({from, static_cast<size_t>(end - from)});
  }
  return nullptr;
}

Binding BindJsonExtract(const std::vector<Argument>& args) {
  Binding binding = BindJsonPath("->", args, &RunJsonExtract);
  binding.result = MakeType(TypeKind::kJson, true);
  return binding;
}

}  // namespace

const FunctionDef& JsonExtract() {
  static const FunctionDef def = {
      .name = "->",
      .aliases = {"json_extract"},
      .family = "operator",
      .doc = "The part of a JSON document that a path leads to, as JSON; NULL if there is none.",
      .parameters = {{"document"}, {"path"}},
      .result_rule = "json, nullable",
      .checks_literals = true,
      .bind = &BindJsonExtract,
      .examples =
          {
              {{R"('{"a": {"b": [10, "x"]}}'::json)", "'$.a.b[1]'"}, R"('"x"')"},
              {{R"('{"x y": 1}'::json)", R"('$."x y"')"}, "'1'"},
              {{R"('{"a": 1}'::json)", "'$.b'"}, "null"},
              {{R"('{"a": 1}'::json)", "'$'"}, R"('{"a": 1}')"},
              {{R"('{"a":[1,2]}')", "'$.a'"}, "'[1, 2]'"},
              {{"'no json'", "'$.a'"}, "null"},
              {{"'5'::json", "'$[0]'"}, "'5'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
