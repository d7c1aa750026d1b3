#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunTimeOf(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Time(ClockOf(args[0]));
  return nullptr;
}

Binding BindTimeOf(const std::vector<Argument>& args) {
  Binding binding = BindClockPart("time", args, &RunTimeOf);
  uint8_t digits = args[0].type.kind == TypeKind::kDate ? 0 : args[0].type.scale;
  if (binding.wanted[0].kind != TypeKind::kUnknown) digits = binding.wanted[0].scale;
  binding.result = MakeType(TypeKind::kTime, AnyNullable(args));
  binding.result.scale = IsTemporal(args[0].type.kind) || binding.wanted[0].kind != TypeKind::kUnknown ? digits : 0;
  return binding;
}

}  // namespace

const FunctionDef& TimeOf() {
  static const FunctionDef def = {
      .name = "time",
      .family = "temporal",
      .doc = "The time of day of a datetime, of a timestamp in UTC; a time as it is.",
      .parameters = {{"datetime"}},
      .result_rule = "time with the same fraction digits",
      .bind = &BindTimeOf,
      .examples =
          {
              {{"'2024-02-29 10:11:12.5'::datetime(3)"}, "'10:11:12.500'"},
              {{"'-12:00:00'::time"}, "'-12:00:00'"},
              {{"'2024-02-29 10:11:12'"}, "'10:11:12'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
