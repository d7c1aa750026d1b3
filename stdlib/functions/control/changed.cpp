#include "stdlib/functions/function.h"

namespace cdc::functions {

const FunctionDef& Changed() {
  static const FunctionDef def = {
      .name = "changed",
      .family = "control",
      .doc =
          "Whether an update changed one of these source columns: `not (old.a <=> new.a) or …`. In `on "
          "update … when`.",
      .parameters = {{"column"}},
      .variadic = true,
      .form = Form::kChanged,
      .result_rule = "bool not null",
  };
  return def;
}

}  // namespace cdc::functions
