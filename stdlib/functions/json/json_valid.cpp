#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

Failure RunJsonValid(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  bool valid = args[0].kind() == ValueKind::kJson || (args[0].kind() == ValueKind::kText && IsJson(args[0].text()));
  *out = Value::Bool(valid);
  return nullptr;
}

Binding BindJsonValid(const std::vector<Argument>& args) {
  const Type& type = args[0].type;
  Binding binding;
  // MySQL says of no number and no date that it is JSON, NULL or not.
  binding.strict = IsText(type.kind) || type.kind == TypeKind::kJson || type.kind == TypeKind::kNull;
  binding.code = &RunJsonValid;
  binding.result = BoolType(binding.strict && type.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonValid() {
  static const FunctionDef def = {
      .name = "json_valid",
      .family = "json",
      .doc = "Whether a text is JSON. A number or date is not, a JSON column always is.",
      .parameters = {{"value"}},
      .result_rule = "bool",
      .bind = &BindJsonValid,
      .examples =
          {
              {{R"('{"a": 1}')"}, "true"},
              {{"'{a: 1}'"}, "false"},
              {{"'hello'"}, "false"},
              {{R"('"hello"')"}, "true"},
              {{"'1'::json"}, "true"},
              {{"null::json"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
