#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Failure RunRedact(const CallSite&, const Value*, size_t, Value* out, Arena*) {
  *out = Value::Text("***");
  return nullptr;
}

Binding BindRedact(const std::vector<Argument>& args) {
  Binding binding;
  binding.code = &RunRedact;
  binding.result = StringType(3, false, args[0].type.nullable);
  binding.result.kind = TypeKind::kChar;
  return binding;
}

}  // namespace

const FunctionDef& Redact() {
  static const FunctionDef def = {
      .name = "redact",
      .family = "privacy",
      .doc = "`***` for every value; NULL stays NULL. Not in MySQL.",
      .parameters = {{"value"}},
      .result_rule = "char(3)",
      .ends_sensitivity = true,
      .bind = &BindRedact,
      .examples =
          {
              {{"'secret'"}, "'***'"},
              {{"17"}, "'***'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
