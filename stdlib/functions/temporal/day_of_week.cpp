#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunDayOfWeekNumber(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = IsCalendarDay(t) ? Value::Int(DayOfWeek(t) + 1) : Value::Null();
  return nullptr;
}

Binding BindDayOfWeekNumber(const std::vector<Argument>& args) {
  return BindDatePart("dayofweek", args, &RunDayOfWeekNumber, false);
}

}  // namespace

const FunctionDef& DayOfWeekNumber() {
  static const FunctionDef def = {
      .name = "dayofweek",
      .family = "temporal",
      .doc = "The day of the week, 1 (Sunday) to 7 (Saturday); NULL of a date with a zero part.",
      .parameters = {{"date"}},
      .result_rule = "bigint, nullable",
      .bind = &BindDayOfWeekNumber,
      .examples =
          {
              {{"'2024-02-29'::date"}, "5"},
              {{"'2024-03-03'::date"}, "1"},
              {{"'2024-02-00'::date"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
