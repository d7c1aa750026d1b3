#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunToDays(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  *out = IsCalendarDay(t) ? Value::Int(DayNumberOf(t)) : Value::Null();
  return nullptr;
}

Binding BindToDays(const std::vector<Argument>& args) { return BindDatePart("to_days", args, &RunToDays, false); }

}  // namespace

const FunctionDef& ToDays() {
  static const FunctionDef def = {
      .name = "to_days",
      .family = "temporal",
      .doc = "The days since the year 0; NULL of a date with a zero part.",
      .parameters = {{"date"}},
      .result_rule = "bigint, nullable",
      .bind = &BindToDays,
      .examples =
          {
              {{"'1970-01-01'::date"}, "719528"},
              {{"'2024-02-29'::date"}, "739310"},
          },
  };
  return def;
}

}  // namespace cdc::functions
