#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/path.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Failure RunJsonValue(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> document = DocumentOf(args[0]);
  std::optional<std::string_view> found;
  if (document) found = Follow(*document, site.State<JsonPath>());
  *out = Value::Null();
  if (!found) return nullptr;
  switch (KindOfJson(*found)) {
    case JsonKind::kNull:
    case JsonKind::kArray:
    case JsonKind::kObject:
      break;
    case JsonKind::kString:
      *out = Value::Text(JsonUnquote(*found, scratch));
      break;
    case JsonKind::kBool:
    case JsonKind::kNumber:
      *out = Value::Text(*found);
      break;
  }
  return nullptr;
}

Binding BindJsonValue(const std::vector<Argument>& args) {
  Binding binding = BindJsonPath("json_value", args, &RunJsonValue);
  binding.result = StringType(UINT32_MAX, false, true);
  return binding;
}

}  // namespace

const FunctionDef& JsonValue() {
  static const FunctionDef def = {
      .name = "json_value",
      .family = "json",
      .doc =
          "The scalar that a path leads to, as text; NULL if there is none, if it is a JSON null, an array "
          "or an "
          "object.",
      .parameters = {{"document"}, {"path"}},
      .result_rule = "longtext, nullable",
      .checks_literals = true,
      .bind = &BindJsonValue,
      .examples =
          {
              {{R"('{"a": "x"}'::json)", "'$.a'"}, "'x'"},
              {{R"('{"a": 1}'::json)", "'$.a'"}, "'1'"},
              {{R"('{"a": null}'::json)", "'$.a'"}, "null"},
              {{R"('{"a": [1]}'::json)", "'$.a'"}, "null"},
              {{R"('{"a": true}'::json)", "'$.a'"}, "'true'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
