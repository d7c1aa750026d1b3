#include "stdlib/functions/operators/logic.h"

namespace cdc::functions {

const FunctionDef& IsNullFunction() {
  static const FunctionDef def = {
      .name = "isnull",
      .family = "control",
      .doc = "Whether the value is NULL: `value is null`.",
      .parameters = {{"value"}},
      .result_rule = "bool, not null",
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
