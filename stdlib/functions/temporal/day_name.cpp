#include "stdlib/functions/temporal/format.h"
#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunDayName(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = IsCalendarDay(t) ? Value::Text(kDayNames[static_cast<size_t>(DayOfWeek(t))]) : Value::Null();
  return nullptr;
}

Binding BindDayName(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("dayname", args, &RunDayName, true);
  binding.result = StringType(9, false, true);
  return binding;
}

}  // namespace

const FunctionDef& DayName() {
  static const FunctionDef def = {
      .name = "dayname",
      .family = "temporal",
      .doc = "The English name of the day of the week; NULL of a date with a zero part.",
      .parameters = {{"date"}},
      .result_rule = "varchar(9), nullable",
      .bind = &BindDayName,
      .examples =
          {
              {{"'2024-02-29'::date"}, "'Thursday'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
