#include <utility>

#include "stdlib/functions/temporal/units.h"

namespace cdc::functions {
namespace {

Failure RunTimestampDiff(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  TimeUnit unit = site.State<TimeUnit>();
  CivilTime from = CivilOf(args[1]), to = CivilOf(args[2]);
  *out = Value::Null();
  if (!IsCalendarDay(from) || !IsCalendarDay(to)) return nullptr;
  int64_t micros = MicrosFromCivil(to) - MicrosFromCivil(from);
  if (!IsMonths(unit)) {
    *out = Value::Int(micros / UnitSize(unit));
    return nullptr;
  }
  bool negative = micros < 0;
  if (negative) std::swap(from, to);
  int64_t months = (int64_t{to.year} - from.year) * 12 + to.month - from.month;
  // The last month counts when its day and time are reached.
  auto within_month = [](CivilTime t) {
    t.year = t.month = 1;
    return PackDatetime(t);
  };
  if (within_month(to) < within_month(from)) --months;
  months /= UnitSize(unit);
  *out = Value::Int(negative ? -months : months);
  return nullptr;
}

Binding BindTimestampDiff(const std::vector<Argument>& args) {
  Binding binding;
  binding.wanted.resize(3);
  TimeUnit unit = UnitOf(args[0], 0, &binding.mistake).value_or(TimeUnit::kDay);
  for (size_t i = 1; i < 3 && !binding.mistake; ++i) {
    binding.mistake = WantMoment("timestampdiff", args, i, &binding.wanted[i]);
  }
  if (!binding.mistake) binding.mistake = NeedOneZone("timestampdiff", args[1], args[2]);
  binding.code = &RunTimestampDiff;
  binding.result = BigIntType(false, true);
  binding.state = std::make_shared<TimeUnit>(unit);
  return binding;
}

}  // namespace

const FunctionDef& TimestampDiff() {
  static const FunctionDef def = {
      .name = "timestampdiff",
      .family = "temporal",
      .doc =
          "How many whole units lie between two dates: `timestampdiff(month, a, b)` is b - a. NULL of a date with a "
          "zero part.",
      .parameters = {{"unit"}, {"from"}, {"to"}},
      .result_rule = "bigint, nullable",
      .bind = &BindTimestampDiff,
      .examples =
          {
              {{"'month'", "'2024-01-31'::date", "'2024-02-29'::date"}, "0"},
              {{"'day'", "'2024-02-28'::date", "'2024-03-01 12:00:00'::datetime"}, "2"},
              {{"'year'", "'2024-02-29'::date", "'2020-03-01'::date"}, "-3"},
              {{"'second'", "'2024-02-29 00:00:00'::datetime", "'2024-02-29 00:01:00.5'::datetime(1)"}, "60"},
          },
  };
  return def;
}

}  // namespace cdc::functions
