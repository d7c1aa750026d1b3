#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

Failure RunNot(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(!IsTrueValue(args[0]));
  return nullptr;
}

Binding BindNot(const std::vector<Argument>& args) {
  Binding binding = BindLogic("not", args, &RunNot);
  binding.strict = true;
  return binding;
}

}  // namespace

const FunctionDef& Not() {
  static const FunctionDef def = {
      .name = "not",
      .family = "operator",
      .doc = "The opposite; NULL stays NULL.",
      .parameters = {{"condition"}},
      .result_rule = "bool",
      .bind = &BindNot,
      .examples =
          {
              {{"true"}, "false"},
              {{"false"}, "true"},
              {{"null"}, "null"},
              {{"2::tinyint"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
