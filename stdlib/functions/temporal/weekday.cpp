#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunWeekdayNumber(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = IsCalendarDay(t) ? Value::Int((DayOfWeek(t) + 6) % 7) : Value::Null();
  return nullptr;
}

Binding BindWeekdayNumber(const std::vector<Argument>& args) {
  return BindDatePart("weekday", args, &RunWeekdayNumber, false);
}

}  // namespace

const FunctionDef& WeekdayNumber() {
  static const FunctionDef def = {
      .name = "weekday",
      .family = "temporal",
      .doc = "The day of the week, 0 (Monday) to 6 (Sunday); NULL of a date with a zero part.",
      .parameters = {{"date"}},
      .result_rule = "bigint, nullable",
      .bind = &BindWeekdayNumber,
      .examples =
          {
              {{"'2024-02-29'::date"}, "3"},
              {{"'2024-03-03'::date"}, "6"},
          },
  };
  return def;
}

}  // namespace cdc::functions
