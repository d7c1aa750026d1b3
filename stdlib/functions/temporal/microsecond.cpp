#include <cstdlib>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunMicrosecond(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(std::abs(ClockOf(args[0])) % kMicrosOfSecond);
  return nullptr;
}

Binding BindMicrosecond(const std::vector<Argument>& args) {
  return BindClockPart("microsecond", args, &RunMicrosecond);
}

}  // namespace

const FunctionDef& Microsecond() {
  static const FunctionDef def = {
      .name = "microsecond",
      .family = "temporal",
      .doc = "The microseconds of a time, 0 to 999999.",
      .parameters = {{"time"}},
      .result_rule = "bigint",
      .bind = &BindMicrosecond,
      .examples =
          {
              {{"'10:11:12.5'::time(3)"}, "500000"},
              {{"'2024-02-29 10:11:12.000001'::datetime(6)"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
