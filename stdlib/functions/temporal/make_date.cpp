#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunMakeDate(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  int64_t year = ClampedInteger(args[0]), day = ClampedInteger(args[1]);
  *out = Value::Null();
  bool possible = year >= 0 && year <= 9999 && day > 0 && day <= 3'652'500;
  if (!possible) return nullptr;
  if (year < 100) year += year < 70 ? 2000 : 1900;
  int64_t days = DaysFromCivil(static_cast<int>(year), 1, 1) + day - 1;
  *out = MomentValue(site.result, CivilFromMicros(days * kMicrosOfDay));
  return nullptr;
}

Binding BindMakeDate(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedIntegers("makedate", args, 0, 2);
  binding.code = &RunMakeDate;
  binding.result = MakeType(TypeKind::kDate, true);
  return binding;
}

}  // namespace

const FunctionDef& MakeDate() {
  static const FunctionDef def = {
      .name = "makedate",
      .family = "temporal",
      .doc = "The date of a day of a year; NULL for a day below 1. Years below 70 are 20xx, below 100 19xx.",
      .parameters = {{"year"}, {"day"}},
      .result_rule = "date, nullable",
      .bind = &BindMakeDate,
      .examples =
          {
              {{"2024", "60"}, "'2024-02-29'"},
              {{"2024", "367"}, "'2025-01-01'"},
              {{"2024", "0"}, "null"},
              {{"99", "1"}, "'1999-01-01'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
