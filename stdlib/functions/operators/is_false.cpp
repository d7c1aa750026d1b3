#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

Failure RunIsFalse(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(TruthOf(args[0]) == Truth::kFalse);
  return nullptr;
}

Binding BindIsFalse(const std::vector<Argument>& args) {
  Binding binding = BindLogic("is false", args, &RunIsFalse);
  binding.result = BoolType(false);
  return binding;
}

}  // namespace

const FunctionDef& IsFalse() {
  static const FunctionDef def = {
      .name = "is false",
      .family = "operator",
      .doc = "Whether the condition is false: true and NULL are not.",
      .parameters = {{"value"}},
      .result_rule = "bool not null",
      .bind = &BindIsFalse,
      .examples =
          {
              {{"false"}, "true"},
              {{"true"}, "false"},
              {{"null"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
