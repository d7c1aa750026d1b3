#include "stdlib/functions/temporal/sum.h"

namespace cdc::functions {
namespace {

Failure RunAddTime(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = TimeSum(site, args[0], args[1].integer());
  return nullptr;
}

Binding BindAddTime(const std::vector<Argument>& args) { return BindTimeSum("addtime", args, &RunAddTime); }

}  // namespace

const FunctionDef& AddTime() {
  static const FunctionDef def = {
      .name = "addtime",
      .family = "temporal",
      .doc = "A datetime or time with a time added; NULL beyond 838:59:59, and behind the year 9999.",
      .parameters = {{"datetime"}, {"time"}},
      .result_rule = "the type of the first, nullable",
      .bind = &BindAddTime,
      .examples =
          {
              {{"'2024-02-29 23:00:00'::datetime", "'01:30:00'::time"}, "'2024-03-01 00:30:00'"},
              {{"'10:00:00'::time", "'-00:00:00.5'::time(1)"}, "'09:59:59.5'"},
              {{"'2024-02-29 10:00:00'::timestamp", "'1:00'"}, "'2024-02-29 11:00:00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
