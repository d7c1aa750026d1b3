#include <algorithm>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunTimeDiff(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  if (args[0].kind() == ValueKind::kTime) {
    *out = ClampedTime(args[0].integer() - args[1].integer());
    return nullptr;
  }
  CivilTime a = CivilOf(args[0]), b = CivilOf(args[1]);
  bool known = IsCalendarDay(a) && IsCalendarDay(b);
  *out = known ? ClampedTime(MicrosFromCivil(a) - MicrosFromCivil(b)) : Value::Null();
  return nullptr;
}

Binding BindTimeDiff(const std::vector<Argument>& args) {
  Binding binding;
  binding.wanted.resize(2);
  uint8_t digits = 0;
  bool clock[2] = {};
  for (size_t i = 0; i < 2 && !binding.mistake; ++i) {
    binding.mistake = WantClock("timediff", args, i, &binding.wanted[i]);
    const Type& type = binding.wanted[i].kind == TypeKind::kUnknown ? args[i].type : binding.wanted[i];
    clock[i] = type.kind == TypeKind::kTime;
    digits = std::max(digits, type.kind == TypeKind::kDate ? uint8_t{0} : type.scale);
  }
  if (!binding.mistake) binding.mistake = NeedOneZone("timediff", args[0], args[1]);
  bool known = args[0].type.kind != TypeKind::kNull && args[1].type.kind != TypeKind::kNull;
  if (!binding.mistake && known && clock[0] != clock[1]) {
    binding.mistake = Mistake{106, 1, "`timediff` takes two times or two dates with a time, not one of each", "", {}};
  }
  binding.code = &RunTimeDiff;
  binding.result = MakeType(TypeKind::kTime, true);
  binding.result.scale = digits;
  return binding;
}

}  // namespace

const FunctionDef& TimeDiff() {
  static const FunctionDef def = {
      .name = "timediff",
      .family = "temporal",
      .doc =
          "The time from the second to the first: two times, or two dates with a time. Cut to the ends of TIME, "
          "838:59:59.",
      .parameters = {{"time"}, {"other"}},
      .result_rule = "time, nullable",
      .bind = &BindTimeDiff,
      .examples =
          {
              {{"'10:00:00'::time", "'08:30:00'::time"}, "'01:30:00'"},
              {{"'2024-03-01 00:00:00'::datetime", "'2024-02-29 00:00:00.5'::datetime(1)"}, "'23:59:59.5'"},
              {{"'2024-03-01 00:00:00'::datetime", "'2000-01-01 00:00:00'::datetime"}, "'838:59:59'"},
              {{"'08:00'", "'10:00'"}, "'-02:00:00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
