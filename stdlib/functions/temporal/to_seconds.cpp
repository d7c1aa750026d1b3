#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunToSeconds(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  CivilTime t = CivilOf(args[0]);
  int64_t seconds = int64_t{t.hour} * 3600 + t.minute * 60 + t.second;
  *out = IsCalendarDay(t) ? Value::Int(DayNumberOf(t) * 86'400 + seconds) : Value::Null();
  return nullptr;
}

Binding BindToSeconds(const std::vector<Argument>& args) {
  return BindDatePart("to_seconds", args, &RunToSeconds, false);
}

}  // namespace

const FunctionDef& ToSeconds() {
  static const FunctionDef def = {
      .name = "to_seconds",
      .family = "temporal",
      .doc = "The seconds since the year 0; NULL of a date with a zero part.",
      .parameters = {{"date"}},
      .result_rule = "bigint, nullable",
      .bind = &BindToSeconds,
      .examples =
          {
              {{"'1970-01-01'::date"}, "62167219200"},
              {{"'2024-02-29 00:00:01'::datetime"}, "63876384001"},
          },
  };
  return def;
}

}  // namespace cdc::functions
