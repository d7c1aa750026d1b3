#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

Binding BindIf(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedCondition("`if`", args, 0);
  if (binding.mistake) return binding;
  std::optional<Type> common = CommonType("if", args, 1, 1, &binding.mistake);
  if (!common) return binding;
  binding.result = *common;
  binding.result.nullable = args[1].type.nullable || args[2].type.nullable;
  binding.wanted = {Type(), WantedForCommon(args[1].type, *common), WantedForCommon(args[2].type, *common)};
  binding.strict = false;
  return binding;
}

}  // namespace

const FunctionDef& If() {
  static const FunctionDef def = {
      .name = "if",
      .family = "control",
      .doc =
          "The second argument where the condition is true, else (also where it is NULL) the third. Only "
          "that one is "
          "looked at.",
      .parameters = {{"condition"}, {"then"}, {"otherwise"}},
      .form = Form::kIf,
      .result_rule = "the common type of the last two",
      .bind = &BindIf,
      .examples =
          {
              {{"true", "'yes'", "'no'"}, "'yes'"},
              {{"null", "1", "2"}, "2"},
              {{"false", "1", "2.50"}, "2.50"},
          },
  };
  return def;
}

}  // namespace cdc::functions
