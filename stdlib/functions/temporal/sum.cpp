#include "stdlib/functions/temporal/sum.h"

#include <algorithm>

namespace cdc::functions {

Binding BindTimeSum(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  binding.wanted.resize(2);
  binding.mistake = WantClock(function, args, 0, &binding.wanted[0]);
  if (!binding.mistake) binding.mistake = WantClock(function, args, 1, &binding.wanted[1]);
  auto type = [&](size_t i) { return binding.wanted[i].kind == TypeKind::kUnknown ? args[i].type : binding.wanted[i]; };
  Type date = type(0), added = type(1);
  if (!binding.mistake && added.kind != TypeKind::kTime && added.kind != TypeKind::kNull) {
    binding.mistake = Mistake{106, 1, Quoted(function) + " adds a time, and this is " + Quoted(added), "", {}};
  }
  TypeKind kind = date.kind == TypeKind::kTime || date.kind == TypeKind::kTimestamp ? date.kind : TypeKind::kDatetime;
  binding.result = MakeType(kind, true);
  binding.result.scale = std::max(date.kind == TypeKind::kDate ? uint8_t{0} : date.scale, added.scale);
  binding.code = code;
  return binding;
}

Value TimeSum(const CallSite& site, const Value& value, int64_t micros) {
  if (value.kind() == ValueKind::kTime) {
    int64_t time = value.integer() + micros;
    return time < -kTimeMicrosMax || time > kTimeMicrosMax ? Value::Null() : Value::Time(time);
  }
  CivilTime t = CivilOf(value);
  if (!IsCalendarDay(t)) return Value::Null();
  t = CivilFromMicros(MicrosFromCivil(t) + micros);
  return t.year < 1 ? Value::Null() : MomentValue(site.result, t);
}

}  // namespace cdc::functions
