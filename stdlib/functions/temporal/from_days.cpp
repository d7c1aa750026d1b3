#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunFromDays(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  // MySQL's year 0 has 365 days.
  constexpr int64_t kYearOne = 366, kLast = 3652424;
  __int128 days = IntegerOf(args[0]);
  bool exists = days > 0 && days <= kLast;
  *out = Value::Null();
  if (!exists) return nullptr;
  int64_t day = static_cast<int64_t>(days), shift = day < kYearOne ? 365 : 0;
  CivilTime t = CivilFromMicros((day + shift - kDaysBefore1970) * kMicrosOfDay);
  if (shift != 0) t.year = 0;
  *out = MomentValue(site.result, t);
  return nullptr;
}

Binding BindFromDays(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedInteger("from_days", args, 0);
  binding.code = &RunFromDays;
  binding.result = MakeType(TypeKind::kDate, true);
  return binding;
}

}  // namespace

const FunctionDef& FromDays() {
  static const FunctionDef def = {
      .name = "from_days",
      .family = "temporal",
      .doc = "The date with that many days since the year 0; NULL below 1 and above 3652424.",
      .parameters = {{"days"}},
      .result_rule = "date, nullable",
      .bind = &BindFromDays,
      .examples =
          {
              {{"719528"}, "'1970-01-01'"},
              {{"739310"}, "'2024-02-29'"},
              {{"1"}, "'0000-01-01'"},
              {{"0"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
