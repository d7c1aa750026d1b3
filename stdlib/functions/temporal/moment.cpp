#include "stdlib/functions/temporal/moment.h"

#include <algorithm>
#include <cmath>

#include "stdlib/core/value.h"

namespace cdc::functions {
namespace {

uint8_t WrittenFraction(std::string_view text) {
  size_t point = text.find('.');
  if (point == text.npos) return 0;
  return static_cast<uint8_t>(std::min<size_t>(text.size() - point - 1, 6));
}

Type TemporalType(TypeKind kind, std::string_view text) {
  Type type = MakeType(kind, false);
  type.scale = kind == TypeKind::kDate ? 0 : WrittenFraction(text);
  return type;
}

std::optional<Type> TypeOfMoment(std::string_view text) {
  if (!ParseDatetime(text)) return std::nullopt;
  constexpr size_t kDateTextMax = 10;
  bool date = text.size() <= kDateTextMax && text.find(':') == text.npos;
  return TemporalType(date ? TypeKind::kDate : TypeKind::kDatetime, text);
}

std::optional<Type> TypeOfClock(std::string_view text) {
  if (ParseTime(text)) return TemporalType(TypeKind::kTime, text);
  return TypeOfMoment(text);
}

Mistake NoTime(std::string_view function, const Type& type, size_t index, const char* wanted) {
  Mistake mistake{106, index, Quoted(function) + " needs " + wanted + ", and this is " + Quoted(type), "", {}};
  if (IsText(type.kind)) mistake.notes.push_back("`try_cast(… as datetime(6))` reads it from text");
  return mistake;
}

}  // namespace

std::optional<Mistake> WantMoment(std::string_view function, const std::vector<Argument>& args, size_t index,
                                  Type* wanted) {
  const Argument& arg = args[index];
  bool open = arg.type.kind == TypeKind::kNull || arg.type.kind == TypeKind::kUnknown;
  if (open || (IsTemporal(arg.type.kind) && arg.type.kind != TypeKind::kTime)) return std::nullopt;
  if (arg.constant == nullptr || !IsText(arg.type.kind) || arg.constant->is_null()) {
    return NoTime(function, arg.type, index, "a date");
  }
  std::optional<Type> type = TypeOfMoment(arg.constant->text());
  if (!type) return Mistake{106, index, "this text is no date", "", {}};
  *wanted = *type;
  return std::nullopt;
}

std::optional<Mistake> WantClock(std::string_view function, const std::vector<Argument>& args, size_t index,
                                 Type* wanted) {
  const Argument& arg = args[index];
  bool open = arg.type.kind == TypeKind::kNull || arg.type.kind == TypeKind::kUnknown;
  if (open || IsTemporal(arg.type.kind)) return std::nullopt;
  if (arg.constant == nullptr || !IsText(arg.type.kind) || arg.constant->is_null()) {
    return NoTime(function, arg.type, index, "a time");
  }
  std::optional<Type> type = TypeOfClock(arg.constant->text());
  if (!type) return Mistake{106, index, "this text is no time", "", {}};
  *wanted = *type;
  return std::nullopt;
}

std::optional<Mistake> NeedOneZone(std::string_view function, const Argument& a, const Argument& b) {
  auto local = [](const Argument& arg) {
    return arg.type.kind == TypeKind::kDatetime || arg.type.kind == TypeKind::kDate;
  };
  auto instant = [](const Argument& arg) { return arg.type.kind == TypeKind::kTimestamp; };
  bool mixed = (instant(a) && local(b) && b.constant == nullptr) || (local(a) && a.constant == nullptr && instant(b));
  if (!mixed) return std::nullopt;
  Mistake mistake{112,
                  Mistake::kWholeCall,
                  Quoted(function) + " of " + Quoted(a.type) + " and " + Quoted(b.type) +
                      ": one is local to a time zone that is not written down, the other an instant",
                  "",
                  {}};
  mistake.notes.push_back("if the local times are UTC: `cast(… as timestamp(6))`");
  return mistake;
}

CivilTime CivilOf(const Value& value) {
  if (value.kind() != ValueKind::kTimestamp) return UnpackDatetime(value.packed());
  return value.integer() == kZeroTimestamp ? CivilTime() : CivilFromMicros(value.integer());
}

int64_t ClockOf(const Value& value) {
  if (value.kind() == ValueKind::kTime) return value.integer();
  CivilTime t = CivilOf(value);
  return ((int64_t{t.hour} * 60 + t.minute) * 60 + t.second) * kMicrosOfSecond + t.microsecond;
}

int DaysInMonth(int year, int month) {
  int next_year = month == 12 ? year + 1 : year, next = month == 12 ? 1 : month + 1;
  return static_cast<int>(DaysFromCivil(next_year, next, 1) - DaysFromCivil(year, month, 1));
}

int64_t DayNumberOf(const CivilTime& t) { return DaysFromCivil(t.year, t.month, t.day) + kDaysBefore1970; }

Value MomentValue(const Type& type, const CivilTime& t) {
  if (t.year < 0 || t.year > 9999) return Value::Null();
  if (type.kind == TypeKind::kTimestamp) return Value::Timestamp(MicrosFromCivil(t));
  if (type.kind == TypeKind::kDatetime) return Value::Datetime(PackDatetime(t));
  CivilTime day;
  day.year = t.year;
  day.month = t.month;
  day.day = t.day;
  return Value::Date(PackDatetime(day));
}

Value ClampedTime(int64_t micros) { return Value::Time(std::clamp(micros, -kTimeMicrosMax, kTimeMicrosMax)); }

Binding BindDatePart(std::string_view function, const std::vector<Argument>& args, Code code, bool every_date) {
  Binding binding;
  binding.wanted.resize(args.size());
  binding.mistake = WantMoment(function, args, 0, &binding.wanted[0]);
  binding.code = code;
  binding.result = BigIntType(false, AnyNullable(args) || !every_date);
  return binding;
}

Binding BindClockPart(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  binding.wanted.resize(args.size());
  binding.mistake = WantClock(function, args, 0, &binding.wanted[0]);
  binding.code = code;
  binding.result = BigIntType(false, AnyNullable(args));
  return binding;
}

std::optional<int64_t> MicrosOfSeconds(const Value& seconds) {
  constexpr double kMicrosMax = 9.2e18;
  if (seconds.kind() == ValueKind::kDouble || seconds.kind() == ValueKind::kFloat) {
    double micros = std::nearbyint(seconds.real() * 1e6);
    if (!(std::fabs(micros) < kMicrosMax)) return std::nullopt;
    return static_cast<int64_t>(micros);
  }
  Decimal micros = Decimal::Multiply(DecimalOf(seconds), Decimal::FromInt(kMicrosOfSecond));
  if (micros.IntegerDigits() > 18) return std::nullopt;
  return micros.Round(0).ToInt();
}

uint8_t FractionDigits(const Type& seconds) {
  if (IsReal(seconds.kind)) return 6;
  return seconds.kind == TypeKind::kDecimal ? std::min<uint8_t>(seconds.scale, 6) : 0;
}

}  // namespace cdc::functions
