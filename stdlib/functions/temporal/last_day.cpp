#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunLastDay(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = Value::Null();
  if (t.month == 0) return nullptr;
  t.day = DaysInMonth(t.year, t.month);
  *out = MomentValue(site.result, t);
  return nullptr;
}

Binding BindLastDay(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("last_day", args, &RunLastDay, true);
  binding.result = MakeType(TypeKind::kDate, true);
  return binding;
}

}  // namespace

const FunctionDef& LastDay() {
  static const FunctionDef def = {
      .name = "last_day",
      .family = "temporal",
      .doc = "The last day of the month of a date; NULL of a date without a month.",
      .parameters = {{"date"}},
      .result_rule = "date, nullable",
      .bind = &BindLastDay,
      .examples =
          {
              {{"'2024-02-01'::date"}, "'2024-02-29'"},
              {{"'2023-02-01 10:00:00'::datetime"}, "'2023-02-28'"},
              {{"'2024-00-01'::date"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
