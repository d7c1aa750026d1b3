#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

Failure RunOr(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  Truth left = TruthOf(args[0]), right = TruthOf(args[1]);
  if (left == Truth::kTrue || right == Truth::kTrue) {
    *out = Value::Bool(true);
  } else {
    *out = left == Truth::kFalse && right == Truth::kFalse ? Value::Bool(false) : Value::Null();
  }
  return nullptr;
}

Binding BindOr(const std::vector<Argument>& args) { return BindLogic("or", args, &RunOr); }

}  // namespace

const FunctionDef& Or() {
  static const FunctionDef def = {
      .name = "or",
      .family = "operator",
      .doc =
          "True if one is, whatever the other; false if both are; else NULL. The right side is not looked at "
          "when "
          "the left one is true.",
      .parameters = {{"left"}, {"right"}},
      .form = Form::kOr,
      .result_rule = "bool",
      .bind = &BindOr,
      .examples =
          {
              {{"true", "null"}, "true"},
              {{"null", "true"}, "true"},
              {{"false", "true"}, "true"},
              {{"false", "false"}, "false"},
              {{"false", "null"}, "null"},
              {{"null", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
