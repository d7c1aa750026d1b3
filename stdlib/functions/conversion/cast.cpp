#include "stdlib/functions/function.h"

namespace cdc::functions {

const FunctionDef& Cast() {
  static const FunctionDef def = {
      .name = "cast",
      .family = "conversion",
      .doc =
          "The value as another type. Where that may fail (text that is no number, a value out of range) the "
          "pipe says "
          "what happens, `on error (transform) …`, or writes `try_cast`. Text longer than the type is cut.",
      .parameters = {{"value"}},
      .form = Form::kCast,
      .result_rule = "the type written after `as`",
      .fallible = true,
      .examples =
          {
              {{"'12'", "as int"}, "12"},
              {{"'12x'", "as int"}, "error: cannot convert '12x' to `int`"},
              {{"2.5", "as bigint"}, "3"},
              {{"300", "as tinyint"}, "error: cannot convert '300' to `tinyint`"},
              {{"'1.005'", "as decimal(5,2)"}, "1.01"},
              {{"'abc'", "as varchar(2)"}, "'ab'"},
              {{"'2024-02-29 10:11:12.6'", "as datetime"}, "'2024-02-29 10:11:13'"},
              {{"'2024-02-30'", "as date"}, "error: cannot convert '2024-02-30' to `date`"},
              {{"'2024-02-29 10:11:12'::datetime", "as date"}, "'2024-02-29'"},
              {{"'2024-02-29'::date", "as bigint"}, "20240229"},
              {{"'1999-12-31 23:59:59.5'::datetime(1)", "as bigint"}, "20000101000000"},
              {{"'paid'::enum('new','paid')", "as bigint"}, "2"},
              {{"'paid'::enum('new','paid')", "as varchar(10)"}, "'paid'"},
              {{"'[1,2]'", "as json"}, "'[1, 2]'"},
              {{"'{\"a\": 1}'::json", "as json"}, "'{\"a\": 1}'"},
              {{"'12.50'::json", "as decimal(5,2)"}, "12.50"},
              {{"1.5e0", "as varchar(10)"}, "'1.5'"},
              {{"'-838:59:59'", "as time"}, "'-838:59:59'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
