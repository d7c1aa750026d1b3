#include <cstdlib>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunHour(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(std::abs(ClockOf(args[0])) / (3600 * kMicrosOfSecond));
  return nullptr;
}

Binding BindHour(const std::vector<Argument>& args) { return BindClockPart("hour", args, &RunHour); }

}  // namespace

const FunctionDef& Hour() {
  static const FunctionDef def = {
      .name = "hour",
      .family = "temporal",
      .doc = "The hour of a time, without its sign; of a TIME it may be above 23. A timestamp is read in UTC.",
      .parameters = {{"time"}},
      .result_rule = "bigint",
      .bind = &BindHour,
      .examples =
          {
              {{"'10:11:12'::time"}, "10"},
              {{"'-838:59:59'::time"}, "838"},
              {{"'2024-02-29 23:00:00'::datetime"}, "23"},
              {{"'2024-02-29'::date"}, "0"},
              {{"'10:11'"}, "10"},
          },
  };
  return def;
}

}  // namespace cdc::functions
