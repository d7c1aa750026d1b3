#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {
namespace {

// Runs after the left side was not false: jumps have decided that case.
Failure RunAnd(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  Truth left = TruthOf(args[0]), right = TruthOf(args[1]);
  if (left == Truth::kFalse || right == Truth::kFalse) {
    *out = Value::Bool(false);
  } else {
    *out = left == Truth::kTrue && right == Truth::kTrue ? Value::Bool(true) : Value::Null();
  }
  return nullptr;
}

Binding BindAnd(const std::vector<Argument>& args) { return BindLogic("and", args, &RunAnd); }

}  // namespace

const FunctionDef& And() {
  static const FunctionDef def = {
      .name = "and",
      .family = "operator",
      .doc =
          "True if both are; false if one is false, whatever the other; else NULL. The right side is not "
          "looked at "
          "when the left one is false.",
      .parameters = {{"left"}, {"right"}},
      .form = Form::kAnd,
      .result_rule = "bool",
      .bind = &BindAnd,
      .examples =
          {
              {{"true", "true"}, "true"},
              {{"true", "false"}, "false"},
              {{"true", "null"}, "null"},
              {{"false", "null"}, "false"},
              {{"null", "false"}, "false"},
              {{"null", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
