#include "stdlib/functions/temporal/sum.h"

namespace cdc::functions {
namespace {

Failure RunSubTime(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = TimeSum(site, args[0], -args[1].integer());
  return nullptr;
}

Binding BindSubTime(const std::vector<Argument>& args) { return BindTimeSum("subtime", args, &RunSubTime); }

}  // namespace

const FunctionDef& SubTime() {
  static const FunctionDef def = {
      .name = "subtime",
      .family = "temporal",
      .doc = "A datetime or time with a time taken away; NULL beyond 838:59:59, and before the year 1.",
      .parameters = {{"datetime"}, {"time"}},
      .result_rule = "the type of the first, nullable",
      .bind = &BindSubTime,
      .examples =
          {
              {{"'2024-03-01 00:30:00'::datetime", "'01:30:00'::time"}, "'2024-02-29 23:00:00'"},

              {{"'-838:00:00'::time", "'01:00:00'::time"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
