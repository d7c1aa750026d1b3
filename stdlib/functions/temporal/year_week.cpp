#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {
namespace {

Failure RunYearWeek(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  constexpr int kWithYear = 2;
  CivilTime t = CivilOf(args[0]);
  int mode = count > 1 ? static_cast<int>(IntegerOf(args[1]) & 7) : 0;
  *out = Value::Null();
  if (!IsCalendarDay(t)) return nullptr;
  Week week = WeekOf(t, static_cast<WeekRule>(mode | kWithYear));
  *out = Value::Int(int64_t{week.year} * 100 + week.week);
  return nullptr;
}

Binding BindYearWeek(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("yearweek", args, &RunYearWeek, false);
  if (!binding.mistake && args.size() > 1) binding.mistake = NeedInteger("yearweek", args, 1);
  return binding;
}

}  // namespace

const FunctionDef& YearWeek() {
  static const FunctionDef def = {
      .name = "yearweek",
      .family = "temporal",
      .doc =
          "The year and week of a date as one number, 202409, by a mode of `week`; the days around New Year belong to "
          "the year of their week.",
      .parameters = {{"date"}, {"mode", true}},
      .result_rule = "bigint, nullable",
      .bind = &BindYearWeek,
      .examples =
          {
              {{"'2024-02-29'::date"}, "202408"},
              {{"'2024-12-30'::date", "3"}, "202501"},
          },
  };
  return def;
}

}  // namespace cdc::functions
