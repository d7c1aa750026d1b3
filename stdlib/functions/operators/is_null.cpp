#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

Failure RunIsNull(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(args[0].is_null());
  return nullptr;
}

}  // namespace

Binding BindIsNull(const std::vector<Argument>& args) {
  Binding binding;
  binding.result = BoolType(false);
  binding.wanted.resize(args.size());
  binding.code = &RunIsNull;
  binding.strict = false;
  return binding;
}

const FunctionDef& IsNull() {
  static const FunctionDef def = {
      .name = "is null",
      .family = "operator",
      .doc = "Whether the value is NULL; never NULL itself.",
      .parameters = {{"value"}},
      .result_rule = "bool not null",
      .ends_sensitivity = true,
      .bind = &BindIsNull,
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
