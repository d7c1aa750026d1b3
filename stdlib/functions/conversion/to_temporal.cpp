#include <optional>

#include "stdlib/core/json_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/functions/conversion/converters.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

constexpr int64_t kMicrosPerDay = int64_t{86'400} * 1'000'000;
constexpr int64_t kTimestampMax = int64_t{32536771199} * 1'000'000 + 999'999;

int64_t FractionUnit(int digits) {
  int64_t unit = 1;
  for (; digits < 6; ++digits) unit *= 10;
  return unit;
}

// Rounds half away from zero to the type's fraction digits.
int64_t RoundMicros(int64_t micros, int digits) {
  int64_t unit = FractionUnit(digits);
  int64_t half = unit / 2;
  return (micros < 0 ? micros - half : micros + half) / unit * unit;
}

bool HasZeroPart(const CivilTime& t) { return t.month == 0 || t.day == 0; }

// A datetime in the wanted precision; a date with a zero part cannot carry into the next day, so it is cut.
int64_t RoundDatetime(int64_t packed, int digits) {
  CivilTime t = UnpackDatetime(packed);
  int64_t unit = FractionUnit(digits);
  if (t.microsecond % unit == 0) return packed;
  if (HasZeroPart(t)) return packed - t.microsecond % unit;
  int64_t micros = MicrosFromCivil(t);
  int64_t base = micros - t.microsecond % unit;
  if (t.microsecond % unit >= unit / 2) base += unit;
  CivilTime rounded = CivilFromMicros(base);
  return rounded.year > 9999 ? packed - t.microsecond % unit : PackDatetime(rounded);
}

std::string_view WrittenText(const Value& value, Arena* scratch) {
  bool quoted = value.kind() == ValueKind::kJson && KindOfJson(value.text()) == JsonKind::kString;
  return quoted ? JsonUnquote(value.text(), scratch) : value.text();
}

std::optional<int64_t> DatetimeOf(const Value& value, Arena* scratch) {
  switch (value.kind()) {
    case ValueKind::kDate:
    case ValueKind::kDatetime:
      return value.packed();
    case ValueKind::kTimestamp:
      return value.integer() == kZeroTimestamp ? 0 : PackDatetime(CivilFromMicros(value.integer()));
    default:
      break;
  }
  if (!IsWritten(value.kind())) return std::nullopt;
  return ParseDatetime(WrittenText(value, scratch));
}

Failure ToDate(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<int64_t> packed = DatetimeOf(args[0], scratch);
  if (!packed) return CannotConvert(site, args[0], scratch);
  CivilTime t = UnpackDatetime(*packed);
  CivilTime day;
  day.year = t.year;
  day.month = t.month;
  day.day = t.day;
  *out = Value::Date(PackDatetime(day));
  return nullptr;
}

Failure ToDatetime(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<int64_t> packed = DatetimeOf(args[0], scratch);
  if (!packed) return CannotConvert(site, args[0], scratch);
  *out = Value::Datetime(RoundDatetime(*packed, site.result.scale));
  return nullptr;
}

Failure ToTime(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Value& value = args[0];
  std::optional<int64_t> micros;
  if (value.kind() == ValueKind::kTime) {
    micros = value.integer();
  } else if (IsWritten(value.kind())) {
    micros = ParseTime(WrittenText(value, scratch));
  } else if (std::optional<int64_t> packed = DatetimeOf(value, scratch)) {
    CivilTime t = UnpackDatetime(*packed);
    micros = ((int64_t{t.hour} * 60 + t.minute) * 60 + t.second) * 1'000'000 + t.microsecond;
  }
  if (!micros) return CannotConvert(site, value, scratch);
  *out = Value::Time(RoundMicros(*micros, site.result.scale));
  return nullptr;
}

// Cuts `+05:30`, `-08:00` or `Z` off the end of a written instant; seconds east of UTC.
int64_t TakeZone(std::string_view* text) {
  if (!text->empty() && (text->back() == 'Z' || text->back() == 'z')) {
    text->remove_suffix(1);
    return 0;
  }
  if (text->size() < 16) return 0;
  std::string_view zone = text->substr(text->size() - 6);
  auto digit = [&](size_t i) { return zone[i] >= '0' && zone[i] <= '9'; };
  bool written = (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' && digit(1) && digit(2) && digit(4) && digit(5);
  if (!written) return 0;
  int64_t seconds = ((zone[1] - '0') * 10 + zone[2] - '0') * 3600 + ((zone[4] - '0') * 10 + zone[5] - '0') * 60;
  text->remove_suffix(6);
  return zone[0] == '-' ? -seconds : seconds;
}

Failure ToTimestamp(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  const Value& value = args[0];
  if (value.kind() == ValueKind::kTimestamp) {
    bool zero = value.integer() == kZeroTimestamp;
    *out = zero ? value : Value::Timestamp(RoundMicros(value.integer(), site.result.scale));
    return nullptr;
  }
  int64_t zone_s = 0;
  std::optional<int64_t> packed;
  if (IsWritten(value.kind())) {
    std::string_view text = WrittenText(value, scratch);
    zone_s = TakeZone(&text);
    packed = ParseDatetime(text);
  } else {
    packed = DatetimeOf(value, scratch);
  }
  if (!packed) return CannotConvert(site, value, scratch);
  if (*packed == 0) {
    *out = Value::Timestamp(kZeroTimestamp);
    return nullptr;
  }
  CivilTime t = UnpackDatetime(*packed);
  if (HasZeroPart(t)) return CannotConvert(site, value, scratch);
  int64_t micros = RoundMicros(MicrosFromCivil(t) - zone_s * 1'000'000, site.result.scale);
  if (micros < -kMicrosPerDay || micros > kTimestampMax) return CannotConvert(site, value, scratch);
  *out = Value::Timestamp(micros);
  return nullptr;
}

}  // namespace

Value RoundTemporal(const Value& value, int fraction_digits) {
  switch (value.kind()) {
    case ValueKind::kTime:
      return Value::Time(RoundMicros(value.integer(), fraction_digits));
    case ValueKind::kDatetime:
      return Value::Datetime(RoundDatetime(value.packed(), fraction_digits));
    case ValueKind::kTimestamp:
      if (value.integer() == kZeroTimestamp) return value;
      return Value::Timestamp(RoundMicros(value.integer(), fraction_digits));
    default:
      return value;
  }
}

Code FindTemporalConverter(const Type&, const Type& to) {
  switch (to.kind) {
    case TypeKind::kDate:
      return &ToDate;
    case TypeKind::kDatetime:
      return &ToDatetime;
    case TypeKind::kTime:
      return &ToTime;
    default:
      return &ToTimestamp;
  }
}

}  // namespace cdc::functions
