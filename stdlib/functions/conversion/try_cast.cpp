#include "stdlib/functions/function.h"

namespace cdc::functions {

const FunctionDef& TryCast() {
  static const FunctionDef def = {
      .name = "try_cast",
      .family = "conversion",
      .doc = "The value as another type, NULL where `cast` would fail.",
      .parameters = {{"value"}},
      .form = Form::kCast,
      .result_rule = "the type written after `as`, nullable",
      .examples =
          {
              {{"'12'", "as int"}, "12"},
              {{"'12x'", "as int"}, "null"},
              {{"'0.12345'", "as decimal(5,4)"}, "0.1235"},
              {{"'12'", "as decimal(5,4)"}, "null"},
              {{"null", "as date"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
