#include <cstdlib>

#include "stdlib/functions/temporal/moment.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunMakeTime(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  int64_t hours = ClampedInteger(args[0]), minutes = ClampedInteger(args[1]);
  std::optional<int64_t> micros = MicrosOfSeconds(args[2]);
  *out = Value::Null();
  bool possible = minutes >= 0 && minutes < 60 && micros && *micros >= 0 && *micros < 60 * kMicrosOfSecond;
  if (!possible) return nullptr;
  constexpr int64_t kBeyond = 839;
  int64_t magnitude = hours < -kBeyond || hours > kBeyond ? kBeyond : std::abs(hours);
  int64_t time = (magnitude * 60 + minutes) * 60 * kMicrosOfSecond + *micros;
  *out = ClampedTime(hours < 0 ? -time : time);
  return nullptr;
}

Binding BindMakeTime(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedIntegers("maketime", args, 0, 2);
  if (!binding.mistake) binding.mistake = NeedNumber("maketime", args, 2);
  binding.code = &RunMakeTime;
  binding.result = MakeType(TypeKind::kTime, true);
  binding.result.scale = FractionDigits(args[2].type);
  return binding;
}

}  // namespace

const FunctionDef& MakeTime() {
  static const FunctionDef def = {
      .name = "maketime",
      .family = "temporal",
      .doc =
          "The time of hours, minutes and seconds; NULL where the minutes or seconds are not below 60. Cut to "
          "838:59:59.",
      .parameters = {{"hours"}, {"minutes"}, {"seconds"}},
      .result_rule = "time, nullable",
      .bind = &BindMakeTime,
      .examples =
          {
              {{"10", "11", "12"}, "'10:11:12'"},
              {{"-1", "30", "0.5"}, "'-01:30:00.5'"},
              {{"10", "60", "0"}, "null"},
              {{"1000", "0", "0"}, "'838:59:59'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
