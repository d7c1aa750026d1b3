#include "runtime/formats/debezium_temporal.h"

#include <cstring>

#include "runtime/formats/json_writer.h"
#include "stdlib/core/temporal.h"

namespace cdc::formats {
namespace {

constexpr int64_t kDayMicros = int64_t{86400} * 1000000;
constexpr const char* kOtherType = "has a value of another type than its column";

DebeziumTemporal Number(int64_t number) { return {.form = DebeziumTemporal::Form::kNumber, .number = number}; }
DebeziumTemporal Text(char* end) { return {.form = DebeziumTemporal::Form::kText, .end = end}; }
DebeziumTemporal Problem(const char* problem) { return {.form = DebeziumTemporal::Form::kProblem, .problem = problem}; }

// ISO text of java.time: fraction digits as many as needed, without trailing zeros.
char* TrimFraction(char* begin, char* end) {
  if (std::memchr(begin, '.', static_cast<size_t>(end - begin)) == nullptr) return end;
  while (end[-1] == '0') --end;
  return end[-1] == '.' ? end - 1 : end;
}

DebeziumTemporal WriteTime(const DebeziumField& field, int64_t micros, char* text) {
  switch (field.semantic) {
    case Semantic::kTimeMicros:
      return Number(micros);
    case Semantic::kTimeNanos:
      return Number(micros * 1000);
    case Semantic::kTimeMillis:
    case Semantic::kTimeIso:
      break;
    default:
      return Problem(kOtherType);
  }
  if (micros < 0 || micros >= kDayMicros) {
    return Problem(
        "holds a TIME that is no time of day, which `time = connect` and `time = isostring` cannot "
        "hold; set `time = adaptive` in the format");
  }
  if (field.semantic == Semantic::kTimeMillis) return Number(micros / 1000);
  return Text(Put(TrimFraction(text, FormatTime(micros, 6, text)), "Z"));
}

DebeziumTemporal WriteInstant(const DebeziumField& field, int64_t micros, char* text) {
  const bool zero = micros == kZeroTimestamp;
  if (zero && field.nullable) return {};
  char* const end = FormatTimestamp(zero ? 0 : micros, zero ? 0 : field.digits, 0, text);
  text[10] = 'T';
  return Text(Put(end, "Z"));
}

}  // namespace

DebeziumTemporal WriteTemporal(const DebeziumField& field, const Value& value, char* text) {
  if (value.kind() == ValueKind::kTime) return WriteTime(field, value.integer(), text);
  if (field.semantic == Semantic::kZonedTimestamp) return WriteInstant(field, value.integer(), text);
  CivilTime civil = UnpackDatetime(value.packed());
  if (civil.month == 0 || civil.day == 0) {
    if (field.nullable) return {};
    civil = CivilTime{1970, 1, 1, 0, 0, 0, 0};
  }
  switch (field.semantic) {
    case Semantic::kDateDays:
      return Number(DaysFromCivil(civil.year, civil.month, civil.day));
    case Semantic::kDatetimeMillis: {
      const int64_t micros = MicrosFromCivil(civil) - civil.microsecond;
      return Number(micros / 1000 + civil.microsecond / 1000);
    }
    case Semantic::kDatetimeMicros:
      return Number(MicrosFromCivil(civil));
    case Semantic::kDatetimeNanos: {
      const int64_t micros = MicrosFromCivil(civil);
      if (micros <= INT64_MAX / 1000 && micros >= INT64_MIN / 1000) return Number(micros * 1000);
      return Problem(
          "holds a date outside 1677..2262, which `time = nanoseconds` cannot hold; "
          "set `time = microseconds` in the format");
    }
    case Semantic::kDateIso:
      return Text(Put(FormatDate(PackDatetime(civil), text), "Z"));
    case Semantic::kDatetimeIso: {
      char* const end = FormatDatetime(PackDatetime(civil), 6, text);
      text[10] = 'T';
      return Text(Put(TrimFraction(text, end), "Z"));
    }
    default:
      return Problem(kOtherType);
  }
}

}  // namespace cdc::formats
