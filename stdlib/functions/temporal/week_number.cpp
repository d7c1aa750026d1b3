#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunWeekNumber(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  int mode = count > 1 ? static_cast<int>(IntegerOf(args[1]) & 7) : 0;
  *out = IsCalendarDay(t) ? Value::Int(WeekOf(t, static_cast<WeekRule>(mode)).week) : Value::Null();
  return nullptr;
}

Binding BindWeekNumber(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("week", args, &RunWeekNumber, false);
  if (!binding.mistake && args.size() > 1) binding.mistake = NeedInteger("week", args, 1);
  return binding;
}

}  // namespace

const FunctionDef& WeekNumber() {
  static const FunctionDef def = {
      .name = "week",
      .family = "temporal",
      .doc =
          "The week of the year by one of MySQL's modes 0 to 7 (0 if left out: weeks start on Sunday, week 1 is the "
          "first with a Sunday, days before it are week 0; 3: ISO 8601).",
      .parameters = {{"date"}, {"mode", true}},
      .result_rule = "bigint, nullable",
      .bind = &BindWeekNumber,
      .examples =
          {
              {{"'2024-02-29'::date"}, "8"},
              {{"'2024-02-29'::date", "3"}, "9"},
              {{"'2026-01-01'::date"}, "0"},
              {{"'2026-01-01'::date", "6"}, "53"},
          },
  };
  return def;
}

}  // namespace cdc::functions
