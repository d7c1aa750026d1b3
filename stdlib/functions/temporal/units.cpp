#include "stdlib/functions/temporal/units.h"

#include <algorithm>
#include <array>

#include "stdlib/core/names.h"

namespace cdc::functions {
namespace {

constexpr std::array<std::string_view, 9> kUnitNames = {"microsecond", "second", "minute",  "hour", "day",
                                                        "week",        "month",  "quarter", "year"};
constexpr int64_t kAmountMax = int64_t{1} << 40;

// A date moved by months keeps its day as far as the month has it.
Value AddMonths(const Type& type, CivilTime t, int64_t months) {
  int64_t all = int64_t{t.year} * 12 + t.month - 1 + months;
  if (all < 0 || all >= int64_t{10000} * 12) return Value::Null();
  t.year = static_cast<int>(all / 12);
  t.month = static_cast<int>(all % 12) + 1;
  t.day = std::min(t.day, DaysInMonth(t.year, t.month));
  return MomentValue(type, t);
}

Value AddMicros(const Type& type, const CivilTime& t, __int128 micros) {
  __int128 moved = MicrosFromCivil(t) + micros;
  // 0001-01-01 … 9999-12-31.
  constexpr int64_t kFirst = -62135596800 * kMicrosOfSecond;
  constexpr int64_t kEnd = 253402300800 * kMicrosOfSecond;
  if (moved < kFirst || moved >= kEnd) return Value::Null();
  return MomentValue(type, CivilFromMicros(static_cast<int64_t>(moved)));
}

std::optional<Mistake> CheckUnit(const Type& date, TimeUnit unit, size_t index) {
  if (date.kind != TypeKind::kTime || IsClockUnit(unit)) return std::nullopt;
  return Mistake{106, index, "a `time` has no days: hours and smaller units can be added to it", "", {}};
}

Type SumOf(const Type& date, const Type& amount, TimeUnit unit) {
  Type result = date;
  uint8_t digits = unit == TimeUnit::kMicrosecond ? 6 : unit == TimeUnit::kSecond ? FractionDigits(amount) : 0;
  if (date.kind == TypeKind::kDate && IsClockUnit(unit)) result = MakeType(TypeKind::kDatetime, true);
  if (result.kind != TypeKind::kDate) result.scale = std::max(result.scale, digits);
  result.nullable = true;
  return result;
}

}  // namespace

std::optional<TimeUnit> FindTimeUnit(std::string_view name) {
  constexpr std::string_view kPrefix = "sql_tsi_";
  if (name.substr(0, kPrefix.size()) == kPrefix) name.remove_prefix(kPrefix.size());
  auto found = std::find(kUnitNames.begin(), kUnitNames.end(), name);
  if (found == kUnitNames.end()) return std::nullopt;
  return static_cast<TimeUnit>(found - kUnitNames.begin());
}

int64_t UnitSize(TimeUnit unit) {
  constexpr int64_t kHour = 3600 * kMicrosOfSecond;
  constexpr int64_t kSizes[] = {1, kMicrosOfSecond, 60 * kMicrosOfSecond, kHour, 24 * kHour, 7 * 24 * kHour, 1, 3, 12};
  return kSizes[static_cast<size_t>(unit)];
}

std::optional<TimeUnit> UnitOf(const Argument& argument, size_t index, std::optional<Mistake>* mistake) {
  bool written = argument.constant != nullptr && IsText(argument.type.kind) && !argument.constant->is_null();
  std::optional<TimeUnit> unit;
  if (written) unit = FindTimeUnit(FoldName(argument.constant->text()));
  if (!unit) {
    *mistake = Mistake{105, index, "this is no unit of time", "", {}};
    (*mistake)->notes.push_back("the units are microsecond, second, minute, hour, day, week, month, quarter and year");
  }
  return unit;
}

Binding BindAddUnits(std::string_view function, const std::vector<Argument>& args, const AddArguments& places,
                     Code code) {
  Binding binding;
  binding.wanted.resize(args.size());
  binding.mistake = WantClock(function, args, places.date, &binding.wanted[places.date]);
  Type date =
      binding.wanted[places.date].kind == TypeKind::kUnknown ? args[places.date].type : binding.wanted[places.date];
  TimeUnit unit = TimeUnit::kDay;
  if (places.unit && *places.unit < args.size() && !binding.mistake) {
    unit = UnitOf(args[*places.unit], *places.unit, &binding.mistake).value_or(unit);
  }
  if (!binding.mistake) {
    binding.mistake = unit == TimeUnit::kSecond ? NeedNumber(function, args, places.amount)
                                                : NeedInteger(function, args, places.amount);
  }
  if (!binding.mistake) binding.mistake = CheckUnit(date, unit, places.date);
  binding.result = SumOf(date, args[places.amount].type, unit);
  if (date.kind == TypeKind::kNull) binding.result = MakeType(TypeKind::kDatetime, true);
  binding.code = code;
  binding.state = std::make_shared<TimeUnit>(unit);
  return binding;
}

Value AddUnits(const CallSite& site, const Value& date, const Value& amount, int sign) {
  TimeUnit unit = site.State<TimeUnit>();
  __int128 moved = 0;
  if (unit == TimeUnit::kSecond) {
    std::optional<int64_t> micros = MicrosOfSeconds(amount);
    if (!micros) return Value::Null();
    moved = *micros;
  } else {
    __int128 count = IntegerOf(amount);
    if (unit != TimeUnit::kMicrosecond && (count > kAmountMax || count < -kAmountMax)) return Value::Null();
    moved = count * UnitSize(unit);
  }
  moved *= sign;
  if (date.kind() == ValueKind::kTime) {
    __int128 time = date.integer() + moved;
    bool fits = time >= -kTimeMicrosMax && time <= kTimeMicrosMax;
    return fits ? Value::Time(static_cast<int64_t>(time)) : Value::Null();
  }
  CivilTime t = CivilOf(date);
  if (!IsCalendarDay(t)) return Value::Null();
  if (IsMonths(unit)) return AddMonths(site.result, t, static_cast<int64_t>(moved));
  return AddMicros(site.result, t, moved);
}

}  // namespace cdc::functions
