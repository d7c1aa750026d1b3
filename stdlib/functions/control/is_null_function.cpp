#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Failure RunIsNullFunction(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(args[0].is_null());
  return nullptr;
}

Binding BindIsNullFunction(const std::vector<Argument>&) {
  Binding binding;
  binding.code = &RunIsNullFunction;
  binding.strict = false;
  binding.result = BoolType(false);
  return binding;
}

}  // namespace

const FunctionDef& IsNullFunction() {
  static const FunctionDef def = {
      .name = "isnull",
      .family = "control",
      .doc = "Whether the value is NULL: `value is null`.",
      .parameters = {{"value"}},
      .result_rule = "bool, not null",
      .ends_sensitivity = true,
      .bind = &BindIsNullFunction,
      .examples =
          {
              {{"null"}, "true"},
              {{"0"}, "false"},
              {{"''"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
