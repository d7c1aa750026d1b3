#include <cstdlib>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunMinute(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(std::abs(ClockOf(args[0])) / (60 * kMicrosOfSecond) % 60);
  return nullptr;
}

Binding BindMinute(const std::vector<Argument>& args) { return BindClockPart("minute", args, &RunMinute); }

}  // namespace

const FunctionDef& Minute() {
  static const FunctionDef def = {
      .name = "minute",
      .family = "temporal",
      .doc = "The minute of a time, 0 to 59.",
      .parameters = {{"time"}},
      .result_rule = "bigint",
      .bind = &BindMinute,
      .examples =
          {
              {{"'10:11:12'::time"}, "11"},
              {{"'2024-02-29 23:59:00'"}, "59"},
          },
  };
  return def;
}

}  // namespace cdc::functions
