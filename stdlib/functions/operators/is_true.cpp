#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

Failure RunIsTrue(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(TruthOf(args[0]) == Truth::kTrue);
  return nullptr;
}

Binding BindIsTrue(const std::vector<Argument>& args) {
  Binding binding = BindLogic("is true", args, &RunIsTrue);
  binding.result = BoolType(false);
  return binding;
}

}  // namespace

const FunctionDef& IsTrue() {
  static const FunctionDef def = {
      .name = "is true",
      .family = "operator",
      .doc = "Whether the condition is true: false and NULL are not.",
      .parameters = {{"value"}},
      .result_rule = "bool not null",
      .bind = &BindIsTrue,
      .examples =
          {
              {{"true"}, "true"},
              {{"false"}, "false"},
              {{"null"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
