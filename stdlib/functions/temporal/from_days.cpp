#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunFromDays(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  constexpr int64_t kFirst = 366, kLast = 3652424;
  __int128 days = IntegerOf(args[0]);
  bool exists = days >= kFirst && days <= kLast;
  *out = Value::Date(0);
  if (!exists) return nullptr;
  *out = MomentValue(site.result, CivilFromMicros((static_cast<int64_t>(days) - kDaysBefore1970) * kMicrosOfDay));
  return nullptr;
}

Binding BindFromDays(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedInteger("from_days", args, 0);
  binding.code = &RunFromDays;
  binding.result = MakeType(TypeKind::kDate, AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& FromDays() {
  static const FunctionDef def = {
      .name = "from_days",
      .family = "temporal",
      .doc = "The date with that many days since the year 0; the zero date before 366 and after 3652424.",
      .parameters = {{"days"}},
      .result_rule = "date",
      .bind = &BindFromDays,
      .examples =
          {
              {{"719528"}, "'1970-01-01'"},
              {{"739310"}, "'2024-02-29'"},
              {{"1"}, "'0000-00-00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
