#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunDayOfYearNumber(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = IsCalendarDay(t) ? Value::Int(DayOfYear(t)) : Value::Null();
  return nullptr;
}

Binding BindDayOfYearNumber(const std::vector<Argument>& args) {
  return BindDatePart("dayofyear", args, &RunDayOfYearNumber, false);
}

}  // namespace

const FunctionDef& DayOfYearNumber() {
  static const FunctionDef def = {
      .name = "dayofyear",
      .family = "temporal",
      .doc = "The day of the year, 1 to 366; NULL of a date with a zero part.",
      .parameters = {{"date"}},
      .result_rule = "bigint, nullable",
      .bind = &BindDayOfYearNumber,
      .examples =
          {
              {{"'2024-02-29'::date"}, "60"},
              {{"'2024-12-31'::date"}, "366"},
          },
  };
  return def;
}

}  // namespace cdc::functions
