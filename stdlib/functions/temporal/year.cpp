#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunYear(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(CivilOf(args[0]).year);
  return nullptr;
}

Binding BindYear(const std::vector<Argument>& args) { return BindDatePart("year", args, &RunYear, true); }

}  // namespace

const FunctionDef& Year() {
  static const FunctionDef def = {
      .name = "year",
      .family = "temporal",
      .doc = "The year of a date, of a timestamp in UTC; 0 of a zero date.",
      .parameters = {{"date"}},
      .result_rule = "bigint",
      .bind = &BindYear,
      .examples =
          {
              {{"'2024-02-29'::date"}, "2024"},
              {{"'2024-02-29 23:59:59'::timestamp"}, "2024"},
              {{"'2024-02-29'"}, "2024"},
              {{"'0000-00-00'::date"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
