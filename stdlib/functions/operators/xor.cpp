#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

Failure RunXor(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(IsTrueValue(args[0]) != IsTrueValue(args[1]));
  return nullptr;
}

Binding BindXor(const std::vector<Argument>& args) {
  Binding binding = BindLogic("xor", args, &RunXor);
  binding.strict = true;
  return binding;
}

}  // namespace

const FunctionDef& Xor() {
  static const FunctionDef def = {
      .name = "xor",
      .family = "operator",
      .doc = "Whether exactly one of both is true; NULL if one is NULL.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindXor,
      .examples =
          {
              {{"true", "false"}, "true"},
              {{"true", "true"}, "false"},
              {{"true", "null"}, "null"},
              {{"false", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
