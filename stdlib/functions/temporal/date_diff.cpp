#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunDateDiff(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime a = CivilOf(args[0]), b = CivilOf(args[1]);
  bool known = IsCalendarDay(a) && IsCalendarDay(b);
  *out = known ? Value::Int(DayNumberOf(a) - DayNumberOf(b)) : Value::Null();
  return nullptr;
}

Binding BindDateDiff(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("datediff", args, &RunDateDiff, false);
  if (!binding.mistake) binding.mistake = WantMoment("datediff", args, 1, &binding.wanted[1]);
  if (!binding.mistake) binding.mistake = NeedOneZone("datediff", args[0], args[1]);
  return binding;
}

}  // namespace

const FunctionDef& DateDiff() {
  static const FunctionDef def = {
      .name = "datediff",
      .family = "temporal",
      .doc = "The days from the second date to the first, whatever their times; NULL of a date with a zero part.",
      .parameters = {{"date"}, {"other"}},
      .result_rule = "bigint, nullable",
      .bind = &BindDateDiff,
      .examples =
          {
              {{"'2024-03-01'::date", "'2024-02-28'::date"}, "2"},
              {{"'2024-03-01 00:00:00'::datetime", "'2024-02-29 23:59:59'::datetime"}, "1"},
              {{"'2024-02-28'::date", "'2024-03-01'"}, "-2"},
          },
  };
  return def;
}

}  // namespace cdc::functions
