#include "stdlib/functions/temporal/period.h"

namespace cdc::functions {
namespace {

Failure RunPeriodAdd(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<int64_t> months = MonthsOfPeriod(args[0]);
  __int128 moved = months ? *months + IntegerOf(args[1]) : -1;
  bool exists = months && moved >= 0 && moved < kPeriodMonthsMax;
  *out = exists ? Value::Int(PeriodOfMonths(static_cast<int64_t>(moved))) : Value::Null();
  return nullptr;
}

Binding BindPeriodAdd(const std::vector<Argument>& args) { return BindPeriod("period_add", args, &RunPeriodAdd); }

}  // namespace

const FunctionDef& PeriodAdd() {
  static const FunctionDef def = {
      .name = "period_add",
      .family = "temporal",
      .doc =
          "Months added to a period that is written 202402 or 2402; NULL where it is none (MySQL refuses the "
          "statement).",
      .parameters = {{"period"}, {"months"}},
      .result_rule = "bigint, nullable",
      .bind = &BindPeriodAdd,
      .examples =
          {
              {{"202411", "3"}, "202502"},
              {{"202401", "-1"}, "202312"},
              {{"9912", "1"}, "200001"},
              {{"202413", "1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
