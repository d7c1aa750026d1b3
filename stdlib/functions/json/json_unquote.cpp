#include "stdlib/core/json_text.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunJsonUnquote(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::string_view text = args[0].text();
  bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  bool string = quoted && (args[0].kind() == ValueKind::kJson || IsJson(text));
  *out = Value::Text(string ? JsonUnquote(text, scratch) : text);
  return nullptr;
}

Binding BindJsonUnquoteFunction(const std::vector<Argument>& args) {
  const Type& type = args[0].type;
  if (!IsTextual(type.kind) && type.kind != TypeKind::kJson && type.kind != TypeKind::kNull) {
    return Fail(106, 0, "`json_unquote` needs `json` or text, and this is " + Quoted(type));
  }
  Binding binding = BindStrings("json_unquote", args, 0, 1, &RunJsonUnquote);
  if (type.kind == TypeKind::kJson) binding.wanted[0] = Type();
  binding.result = StringType(LengthMax(args[0]), false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonUnquoteFunction() {
  static const FunctionDef def = {
      .name = "json_unquote",
      .family = "json",
      .doc = "A JSON string without its quotes and escapes; anything else as it is.",
      .parameters = {{"value"}},
      .result_rule = "varchar",
      .bind = &BindJsonUnquoteFunction,
      .examples =
          {
              {{R"('"a\\"b"'::json)"}, R"('a"b')"},
              {{R"('"x"')"}, "'x'"},
              {{"'x'"}, "'x'"},
              {{"'[1, 2]'::json"}, "'[1, 2]'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
