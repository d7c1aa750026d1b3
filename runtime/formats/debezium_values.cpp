#include "runtime/formats/debezium_values.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

#include "runtime/formats/json_writer.h"
#include "runtime/formats/unscaled_decimal.h"
#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"

namespace cdc::formats {
namespace {

constexpr int64_t kDayMicros = int64_t{86400} * 1000000;
constexpr size_t kNumberMax = 96;

void AppendText(std::string_view text, OutBuffer* out) {
  if (text.size() <= 1024) [[likely]] {
    char* at = out->Reserve(6 * text.size() + 2 + kSlack);
    *at++ = '"';
    at = WriteEscaped(text, kDebeziumHex, at);
    *at++ = '"';
    out->AdvanceTo(at);
    return;
  }
  out->Append('"');
  AppendEscaped(text, kDebeziumHex, out);
  out->Append('"');
}

void AppendBytes(std::string_view bytes, OutBuffer* out) {
  out->Append('"');
  AppendBase64(bytes, false, out);
  out->Append('"');
}

void AppendBinary(const DebeziumField& field, std::string_view bytes, OutBuffer* out) {
  out->Append('"');
  switch (field.binaries) {
    case DebeziumOptions::Binaries::kBytes:
    case DebeziumOptions::Binaries::kBase64:
      AppendBase64(bytes, false, out);
      break;
    case DebeziumOptions::Binaries::kBase64Url:
      AppendBase64(bytes, true, out);
      break;
    case DebeziumOptions::Binaries::kHex:
      AppendHex(bytes, out);
      break;
  }
  out->Append('"');
}

void AppendInt(int64_t value, OutBuffer* out) { out->AdvanceTo(WriteInt(value, out->Reserve(kNumberTextMax))); }
void AppendUint(uint64_t value, OutBuffer* out) { out->AdvanceTo(WriteUint(value, out->Reserve(kNumberTextMax))); }

// What is no number is a text, as Jackson writes it.
char* WriteReal(float value, char* out) {
  if (std::isfinite(value)) [[likely]]
    return WriteJavaFloat(value, out);
  *out = '"';
  return Put(WriteJavaFloat(value, out + 1), "\"");
}

char* WriteReal(double value, char* out) {
  if (std::isfinite(value)) [[likely]]
    return WriteJavaDouble(value, out);
  *out = '"';
  return Put(WriteJavaDouble(value, out + 1), "\"");
}

void AppendDecimalDouble(std::string_view text, OutBuffer* out) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  out->AdvanceTo(WriteJavaDouble(number, out->Reserve(kNumberTextMax)));
}

void AppendBits(uint64_t number, uint32_t bits, OutBuffer* out) {
  char bytes[8];
  const size_t count = (bits + 7) / 8;
  for (size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(number >> (8 * i));
  AppendBytes({bytes, count}, out);
}

void AppendVector(std::string_view bytes, OutBuffer* out) {
  out->Append('[');
  for (size_t at = 0; at + 4 <= bytes.size(); at += 4) {
    uint32_t word = 0;
    for (int i = 3; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(bytes[at + static_cast<size_t>(i)]);
    if (at > 0) out->Append(',');
    out->AdvanceTo(WriteReal(std::bit_cast<float>(word), out->Reserve(kNumberTextMax)));
  }
  out->Append(']');
}

// ISO text of java.time: fraction digits as many as needed, without trailing zeros.
char* TrimFraction(char* begin, char* end) {
  if (std::memchr(begin, '.', static_cast<size_t>(end - begin)) == nullptr) return end;
  while (end[-1] == '0') --end;
  return end[-1] == '.' ? end - 1 : end;
}

bool IsNumberByte(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'; }

bool IsZeroDate(const CivilTime& t) { return t.month == 0 || t.day == 0; }

double ReadDouble(const char* from, bool little) {
  uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word = word << 8 | static_cast<unsigned char>(from[little ? 7 - i : i]);
  return std::bit_cast<double>(word);
}

}  // namespace

bool DebeziumValues::Fail(const DebeziumField& field, const std::string& why) {
  problem_ = "column `" + field.name + "` " + why;
  return false;
}

bool DebeziumValues::Append(const DebeziumField& field, const Value& value, bool compact_json, OutBuffer* out) {
  if (value.is_null()) {
    if (value.is_absent()) [[unlikely]] {
      return Fail(field, "is not in the row image; set binlog_row_image = FULL on the server");
    }
    out->Append("null");
    return true;
  }
  switch (field.semantic) {
    case Semantic::kInteger:
      if (value.kind() == ValueKind::kUint) {
        AppendUint(value.unsigned_integer(), out);
      } else {
        AppendInt(value.integer(), out);
      }
      return true;
    case Semantic::kUnsignedLong:
      if (value.unsigned_integer() > INT64_MAX) [[unlikely]] {
        return Fail(field, "holds a number above 9223372036854775807, which `bigint_unsigned = long` would make " +
                               std::string("negative; set `bigint_unsigned = precise` in the format"));
      }
      AppendUint(value.unsigned_integer(), out);
      return true;
    case Semantic::kUnsignedNumber:
      AppendUint(value.unsigned_integer(), out);
      return true;
    case Semantic::kUnsignedBytes: {
      char text[kNumberTextMax];
      char bytes[kUnscaledBytesMax];
      const auto size = static_cast<size_t>(WriteUint(value.unsigned_integer(), text) - text);
      AppendBytes(UnscaledBytes({text, size}, bytes), out);
      return true;
    }
    case Semantic::kDecimalBytes: {
      char bytes[kUnscaledBytesMax];
      AppendBytes(UnscaledBytes(value.text(), bytes), out);
      return true;
    }
    case Semantic::kDecimalText:
      AppendText(value.text(), out);
      return true;
    case Semantic::kDecimalNumber:
      out->Append(value.text());
      return true;
    case Semantic::kDecimalDouble:
      AppendDecimalDouble(value.text(), out);
      return true;
    case Semantic::kFloat:
      out->AdvanceTo(WriteReal(static_cast<float>(value.real()), out->Reserve(kNumberTextMax)));
      return true;
    case Semantic::kDouble:
      out->AdvanceTo(WriteReal(value.real(), out->Reserve(kNumberTextMax)));
      return true;
    case Semantic::kBoolean:
      out->Append(value.integer() != 0 ? "true" : "false");
      return true;
    case Semantic::kBits:
      AppendBits(value.unsigned_integer(), field.bits, out);
      return true;
    case Semantic::kText:
      AppendText(value.text(), out);
      return true;
    case Semantic::kBinary:
      AppendBinary(field, value.text(), out);
      return true;
    case Semantic::kJson:
      AppendJson(value.text(), compact_json, out);
      return true;
    case Semantic::kYear: {
      const uint64_t year = value.unsigned_integer();
      AppendUint(year < 70 ? year + 2000 : year < 100 ? year + 1900 : year, out);
      return true;
    }
    case Semantic::kEnum:
    case Semantic::kSet:
      return AppendLabels(field, value.unsigned_integer(), out);
    case Semantic::kPoint:
    case Semantic::kGeometry:
      return AppendGeometry(field, value.text(), out);
    case Semantic::kVector:
      AppendVector(value.text(), out);
      return true;
    default:
      return AppendTemporal(field, value, out);
  }
}

bool DebeziumValues::AppendTemporal(const DebeziumField& field, const Value& value, OutBuffer* out) {
  char* const begin = out->Reserve(kNumberMax);
  char* at = begin;
  if (value.kind() == ValueKind::kTime) return AppendTime(field, value.integer(), out);
  if (field.semantic == Semantic::kZonedTimestamp) {
    const bool zero = value.integer() == kZeroTimestamp;
    if (zero && field.nullable) {
      out->Append("null");
      return true;
    }
    *at++ = '"';
    at = FormatTimestamp(zero ? 0 : value.integer(), zero ? 0 : field.digits, 0, at);
    begin[11] = 'T';
    out->AdvanceTo(Put(at, "Z\""));
    return true;
  }
  CivilTime civil = UnpackDatetime(value.packed());
  if (IsZeroDate(civil)) {
    if (field.nullable) {
      out->Append("null");
      return true;
    }
    civil = CivilTime{1970, 1, 1, 0, 0, 0, 0};
  }
  switch (field.semantic) {
    case Semantic::kDateDays:
      at = WriteInt(DaysFromCivil(civil.year, civil.month, civil.day), at);
      break;
    case Semantic::kDatetimeMillis: {
      const int64_t micros = MicrosFromCivil(civil) - civil.microsecond;
      at = WriteInt(micros / 1000 + civil.microsecond / 1000, at);
      break;
    }
    case Semantic::kDatetimeMicros:
      at = WriteInt(MicrosFromCivil(civil), at);
      break;
    case Semantic::kDatetimeNanos: {
      const int64_t micros = MicrosFromCivil(civil);
      if (micros > INT64_MAX / 1000 || micros < INT64_MIN / 1000) {
        return Fail(field,
                    "holds a date outside 1677..2262, which `time = nanoseconds` cannot hold; "
                    "set `time = microseconds` in the format");
      }
      at = WriteInt(micros * 1000, at);
      break;
    }
    case Semantic::kDateIso:
      *at++ = '"';
      at = Put(FormatDate(PackDatetime(civil), at), "Z\"");
      break;
    case Semantic::kDatetimeIso:
      *at++ = '"';
      at = FormatDatetime(PackDatetime(civil), 6, at);
      begin[11] = 'T';
      at = Put(TrimFraction(begin, at), "Z\"");
      break;
    default:
      return Fail(field, "has a value of another type than its column");
  }
  out->AdvanceTo(at);
  return true;
}

bool DebeziumValues::AppendTime(const DebeziumField& field, int64_t micros, OutBuffer* out) {
  switch (field.semantic) {
    case Semantic::kTimeMicros:
      AppendInt(micros, out);
      return true;
    case Semantic::kTimeNanos:
      AppendInt(micros * 1000, out);
      return true;
    case Semantic::kTimeMillis:
    case Semantic::kTimeIso:
      break;
    default:
      return Fail(field, "has a value of another type than its column");
  }
  if (micros < 0 || micros >= kDayMicros) {
    return Fail(field,
                "holds a TIME that is no time of day, which `time = connect` and `time = isostring` cannot "
                "hold; set `time = adaptive` in the format");
  }
  if (field.semantic == Semantic::kTimeMillis) {
    AppendInt(micros / 1000, out);
    return true;
  }
  char* const begin = out->Reserve(kNumberMax);
  *begin = '"';
  char* at = FormatTime(micros, 6, begin + 1);
  out->AdvanceTo(Put(TrimFraction(begin, at), "Z\""));
  return true;
}

bool DebeziumValues::AppendLabels(const DebeziumField& field, uint64_t number, OutBuffer* out) {
  const auto& labels = *field.labels;
  if (field.semantic == Semantic::kEnum) {
    if (number > labels.size()) return Fail(field, "holds a label number that its type does not have");
    AppendText(number == 0 ? std::string_view() : std::string_view(labels[number - 1]), out);
    return true;
  }
  out->Append('"');
  bool first = true;
  for (size_t bit = 0; bit < 64; ++bit) {
    if ((number >> bit & 1) == 0) continue;
    if (bit >= labels.size()) return Fail(field, "holds a label number that its type does not have");
    if (!std::exchange(first, false)) out->Append(',');
    AppendEscaped(labels[bit], kDebeziumHex, out);
  }
  out->Append('"');
  return true;
}

bool DebeziumValues::AppendGeometry(const DebeziumField& field, std::string_view bytes, OutBuffer* out) {
  constexpr size_t kSridBytes = 4, kPointBytes = kSridBytes + 21;
  if (bytes.size() < kSridBytes + 5) return Fail(field, "holds a geometry that is too short");
  uint32_t srid = 0;
  for (size_t i = kSridBytes; i-- > 0;) srid = srid << 8 | static_cast<unsigned char>(bytes[i]);
  out->Append('{');
  if (field.semantic == Semantic::kPoint) {
    if (bytes.size() < kPointBytes) return Fail(field, "holds a point that is too short");
    const bool little = bytes[kSridBytes] == 1;
    char* at = out->Reserve(128);
    at = WriteReal(ReadDouble(bytes.data() + 9, little), Put(at, "\"x\":"));
    at = WriteReal(ReadDouble(bytes.data() + 17, little), Put(at, ",\"y\":"));
    *at++ = ',';
    out->AdvanceTo(at);
  }
  out->Append("\"wkb\":");
  AppendBytes(bytes.substr(kSridBytes), out);
  out->Append(",\"srid\":");
  if (srid == 0) {
    out->Append("null");
  } else {
    AppendUint(srid, out);
  }
  out->Append(field.extensions ? ",\"extensions\":null}" : "}");
  return true;
}

void DebeziumValues::AppendJson(std::string_view text, bool compact, OutBuffer* out) {
  if (!compact) return AppendText(text, out);
  scratch_.Clear();
  char* to = scratch_.Reserve(text.size());
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (*at == '"') {
      do {
        if (*at == '\\' && end - at > 1) *to++ = *at++;
        *to++ = *at++;
      } while (at != end && *at != '"');
      if (at != end) *to++ = *at++;
    } else if (*at == ' ') {
      ++at;
    } else if ((*at >= '0' && *at <= '9') || *at == '-') {
      const char* const number = at;
      bool exponent = false;
      for (; at != end && IsNumberByte(*at); ++at) {
        exponent |= *at == 'e' || *at == 'E';
      }
      if (exponent) {
        double real = 0;
        std::from_chars(number, at, real);
        scratch_.AdvanceTo(to);
        to = WritePlainDouble(real, scratch_.Reserve(kPlainDoubleTextMax + static_cast<size_t>(end - at)));
      } else {
        std::memcpy(to, number, static_cast<size_t>(at - number));
        to += at - number;
      }
    } else {
      *to++ = *at++;
    }
  }
  scratch_.AdvanceTo(to);
  AppendText(scratch_.view(), out);
}

}  // namespace cdc::formats
