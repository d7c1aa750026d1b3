#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunWeekOfYear(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = IsCalendarDay(t) ? Value::Int(WeekOf(t, WeekRule::kIso).week) : Value::Null();
  return nullptr;
}

Binding BindWeekOfYear(const std::vector<Argument>& args) {
  return BindDatePart("weekofyear", args, &RunWeekOfYear, false);
}

}  // namespace

const FunctionDef& WeekOfYear() {
  static const FunctionDef def = {
      .name = "weekofyear",
      .family = "temporal",
      .doc = "The week of ISO 8601, 1 to 53: `week(date, 3)`.",
      .parameters = {{"date"}},
      .result_rule = "bigint, nullable",
      .bind = &BindWeekOfYear,
      .examples =
          {
              {{"'2024-02-29'::date"}, "9"},
              {{"'2024-12-30'::date"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
