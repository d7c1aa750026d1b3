#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunTimeToSec(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(ClockOf(args[0]) / kMicrosOfSecond);
  return nullptr;
}

Binding BindTimeToSec(const std::vector<Argument>& args) { return BindClockPart("time_to_sec", args, &RunTimeToSec); }

}  // namespace

const FunctionDef& TimeToSec() {
  static const FunctionDef def = {
      .name = "time_to_sec",
      .family = "temporal",
      .doc = "The whole seconds of a time, or since midnight.",
      .parameters = {{"time"}},
      .result_rule = "bigint",
      .bind = &BindTimeToSec,
      .examples =
          {
              {{"'01:01:01'::time"}, "3661"},
              {{"'-00:00:01.9'::time(1)"}, "-1"},
              {{"'2024-02-29 00:01:00'::datetime"}, "60"},
          },
  };
  return def;
}

}  // namespace cdc::functions
