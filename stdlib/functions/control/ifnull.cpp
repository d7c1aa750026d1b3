#include "stdlib/functions/control/first_known.h"

namespace cdc::functions {
namespace {

Binding BindIfNull(const std::vector<Argument>& args) { return BindFirstKnown("ifnull", args); }

}  // namespace

const FunctionDef& IfNull() {
  static const FunctionDef def = {
      .name = "ifnull",
      .family = "control",
      .doc = "The value, or the other one where it is NULL.",
      .parameters = {{"value"}, {"otherwise"}},
      .form = Form::kCoalesce,
      .result_rule = "the arguments' common type; not null if one argument is",
      .bind = &BindIfNull,
      .examples =
          {
              {{"null", "7"}, "7"},
              {{"'a'", "'b'"}, "'a'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
