#include <cstdlib>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunSecond(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(std::abs(ClockOf(args[0])) / kMicrosOfSecond % 60);
  return nullptr;
}

Binding BindSecond(const std::vector<Argument>& args) { return BindClockPart("second", args, &RunSecond); }

}  // namespace

const FunctionDef& Second() {
  static const FunctionDef def = {
      .name = "second",
      .family = "temporal",
      .doc = "The whole second of a time, 0 to 59.",
      .parameters = {{"time"}},
      .result_rule = "bigint",
      .bind = &BindSecond,
      .examples =
          {
              {{"'10:11:12.999'::time(3)"}, "12"},
          },
  };
  return def;
}

}  // namespace cdc::functions
