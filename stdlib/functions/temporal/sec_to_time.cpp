#include <algorithm>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunSecToTime(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<int64_t> micros = MicrosOfSeconds(args[0]);
  bool real = args[0].kind() == ValueKind::kDouble || args[0].kind() == ValueKind::kFloat;
  bool negative = real ? args[0].real() < 0 : DecimalOf(args[0]).negative();
  *out = micros ? ClampedTime(*micros) : ClampedTime(negative ? INT64_MIN / 2 : INT64_MAX / 2);
  return nullptr;
}

Binding BindSecToTime(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedNumber("sec_to_time", args, 0);
  binding.code = &RunSecToTime;
  binding.result = MakeType(TypeKind::kTime, AnyNullable(args));
  binding.result.scale = FractionDigits(args[0].type);
  return binding;
}

}  // namespace

const FunctionDef& SecToTime() {
  static const FunctionDef def = {
      .name = "sec_to_time",
      .family = "temporal",
      .doc = "Seconds as a time, cut to 838:59:59.",
      .parameters = {{"seconds"}},
      .result_rule = "time",
      .bind = &BindSecToTime,
      .examples =
          {
              {{"3661"}, "'01:01:01'"},
              {{"-0.5"}, "'-00:00:00.5'"},
              {{"9999999"}, "'838:59:59'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
