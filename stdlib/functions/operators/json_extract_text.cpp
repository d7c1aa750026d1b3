#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/path.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Failure RunJsonExtractText(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> document = DocumentOf(args[0]);
  std::optional<std::string_view> found;
  if (document) found = Follow(*document, site.State<JsonPath>());
  if (!found) {
    *out = Value::Null();
  } else if (KindOfJson(*found) == JsonKind::kString) {
    *out = Value::Text(JsonUnquote(*found, scratch));
  } else {
    *out = Value::Text(*found);
  }
  return nullptr;
}

Binding BindJsonExtractText(const std::vector<Argument>& args) {
  Binding binding = BindJsonPath("->>", args, &RunJsonExtractText);
  binding.result = StringType(UINT32_MAX, false, true);
  return binding;
}

}  // namespace

const FunctionDef& JsonExtractText() {
  static const FunctionDef def = {
      .name = "->>",
      .family = "operator",
      .doc =
          "The part of a JSON document that a path leads to, as text: strings without quotes, everything "
          "else as "
          "JSON text (a JSON null gives `null`). NULL if there is none.",
      .parameters = {{"document"}, {"path"}},
      .result_rule = "longtext, nullable",
      .checks_literals = true,
      .bind = &BindJsonExtractText,
      .examples =
          {
              {{R"('{"a": {"b": [10, "x"]}}'::json)", "'$.a.b[1]'"}, "'x'"},
              {{R"('{"a": "l1\\nl2 \\u00e9"}'::json)", "'$.a'"}, "'l1\nl2 é'"},
              {{R"('{"a": null}'::json)", "'$.a'"}, "'null'"},
              {{R"('{"a": 1.50}'::json)", "'$.a'"}, "'1.50'"},
              {{"null::json", "'$.a'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
