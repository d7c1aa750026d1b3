#include "stdlib/functions/temporal/period.h"

namespace cdc::functions {
namespace {

Failure RunPeriodDiff(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<int64_t> a = MonthsOfPeriod(args[0]), b = MonthsOfPeriod(args[1]);
  *out = a && b ? Value::Int(*a - *b) : Value::Null();
  return nullptr;
}

Binding BindPeriodDiff(const std::vector<Argument>& args) { return BindPeriod("period_diff", args, &RunPeriodDiff); }

}  // namespace

const FunctionDef& PeriodDiff() {
  static const FunctionDef def = {
      .name = "period_diff",
      .family = "temporal",
      .doc =
          "The months from the second period to the first, both written 202402 or 2402; NULL where one is none (MySQL "
          "refuses the statement).",
      .parameters = {{"period"}, {"other"}},
      .result_rule = "bigint, nullable",
      .bind = &BindPeriodDiff,
      .examples =
          {
              {{"202502", "202411"}, "3"},
              {{"202402", "202413"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
