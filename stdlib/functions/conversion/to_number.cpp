#include <charconv>
#include <cmath>

#include "stdlib/core/json_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/functions/conversion/converters.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

std::string_view Strip(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// The text in which a number is to be found: of a JSON string what it says, of a JSON number itself.
std::string_view NumberText(const Value& value, Arena* scratch) {
  std::string_view text = value.text();
  if (value.kind() == ValueKind::kJson && KindOfJson(text) == JsonKind::kString) text = JsonUnquote(text, scratch);
  if (value.kind() == ValueKind::kJson && text == "true") return "1";
  if (value.kind() == ValueKind::kJson && text == "false") return "0";
  return Strip(text);
}

// A date or time as MySQL's number: 20240229, 20240229101112, -101112; microseconds after the point.
Decimal TemporalNumber(const Value& value) {
  int64_t whole = 0;
  int64_t micros = 0;
  bool negative = false;
  if (value.kind() == ValueKind::kTime) {
    int64_t time = value.integer();
    negative = time < 0;
    if (negative) time = -time;
    int64_t seconds = time / 1'000'000;
    micros = time % 1'000'000;
    whole = seconds / 3600 * 10000 + seconds / 60 % 60 * 100 + seconds % 60;
  } else {
    CivilTime t;
    if (value.kind() != ValueKind::kTimestamp) {
      t = UnpackDatetime(value.packed());
    } else if (value.integer() != kZeroTimestamp) {
      t = CivilFromMicros(value.integer());
    }
    whole = int64_t{t.year} * 10000 + t.month * 100 + t.day;
    if (value.kind() != ValueKind::kDate) whole = whole * 1'000'000 + t.hour * 10000 + t.minute * 100 + t.second;
    micros = t.microsecond;
  }
  Decimal number = Decimal::FromInt(whole);
  if (micros != 0) {
    Decimal fraction = Decimal::Divide(Decimal::FromInt(micros), Decimal::FromInt(1'000'000), 6);
    number = Decimal::Add(number, fraction);
  }
  return negative ? number.Negate() : number;
}

std::optional<Decimal> ExactNumber(const Value& value, int scale, Arena* scratch) {
  switch (value.kind()) {
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kDecimal:
      return DecimalOf(value);
    case ValueKind::kFloat:
    case ValueKind::kDouble:
      return Decimal::FromDouble(value.real(), scale);
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kJson:
      return Decimal::Parse(NumberText(value, scratch));
    default:
      return TemporalNumber(value);
  }
}

Failure ToInteger(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Value& value = args[0];
  __int128 number = 0;
  if (value.kind() == ValueKind::kInt || value.kind() == ValueKind::kUint) {
    number = IntegerOf(value);
  } else if (value.kind() == ValueKind::kFloat || value.kind() == ValueKind::kDouble) {
    double rounded = std::nearbyint(value.real());
    if (!(std::fabs(rounded) < 2e19)) return CannotConvert(site, value, scratch);
    number = static_cast<__int128>(rounded);
  } else {
    // A time rounds as a time does: 23:59:59.9 is 240000.
    std::optional<Decimal> exact = ExactNumber(RoundTemporal(value, 0), 0, scratch);
    // Text must say a whole number: '12.7' is no integer, however near.
    bool whole = exact && (!IsWritten(value.kind()) || Decimal::Compare(*exact, exact->Truncate(0)) == 0);
    if (!whole) return CannotConvert(site, value, scratch);
    std::optional<uint64_t> magnitude = (exact->negative() ? exact->Negate() : *exact).ToUint();
    if (!magnitude) return CannotConvert(site, value, scratch);
    number = exact->negative() ? -static_cast<__int128>(*magnitude) : static_cast<__int128>(*magnitude);
  }
  if (!InRange(number, site.result)) return CannotConvert(site, value, scratch);
  bool is_unsigned = ShapeOf(site.result) == ValueKind::kUint;
  *out = is_unsigned ? Value::Uint(static_cast<uint64_t>(number)) : Value::Int(static_cast<int64_t>(number));
  return nullptr;
}

Failure ToBool(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Value& value = args[0];
  if (value.kind() == ValueKind::kJson && KindOfJson(value.text()) != JsonKind::kBool) {
    return CannotConvert(site, value, scratch);
  }
  *out = Value::Bool(IsTrueValue(value));
  return nullptr;
}

Failure ToDecimal(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<Decimal> exact = ExactNumber(args[0], site.result.scale, scratch);
  if (!exact || (site.result.is_unsigned && exact->negative())) return CannotConvert(site, args[0], scratch);
  return FitDecimal(*exact, site.result, out, scratch) ? nullptr : CannotConvert(site, args[0], scratch);
}

Failure ToReal(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Value& value = args[0];
  double real = 0;
  if (IsWritten(value.kind())) {
    std::string_view text = NumberText(value, scratch);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
    bool all = error == std::errc() && end == text.data() + text.size() && std::isfinite(real);
    if (!all) return CannotConvert(site, value, scratch);
  } else if (value.kind() >= ValueKind::kDate) {
    real = TemporalNumber(value).ToDouble();
  } else {
    real = RealOf(value);
  }
  if (site.result.kind == TypeKind::kFloat) {
    float narrow = static_cast<float>(real);
    if (!std::isfinite(narrow)) return CannotConvert(site, value, scratch);
    *out = Value::Float(narrow);
  } else {
    *out = Value::Double(real);
  }
  return nullptr;
}

}  // namespace

Code FindNumberConverter(const Type&, const Type& to) {
  if (to.kind == TypeKind::kBool) return &ToBool;
  if (to.kind == TypeKind::kDecimal) return &ToDecimal;
  return IsReal(to.kind) ? &ToReal : &ToInteger;
}

}  // namespace cdc::functions
