#include "runtime/formats/debezium_values.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <utility>

#include "runtime/formats/compact_json.h"
#include "runtime/formats/debezium_geometry.h"
#include "runtime/formats/debezium_temporal.h"
#include "runtime/formats/json_writer.h"
#include "runtime/formats/unscaled_decimal.h"
#include "stdlib/core/number_text.h"

namespace cdc::formats {
namespace {

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

}  // namespace

bool DebeziumValues::Fail(const DebeziumField& field, const std::string& why) {
  problem_ = "column `" + field.name + "` " + why;
  return false;
}

bool DebeziumValues::Append(const DebeziumField& field, const Value& value, bool compact_json, OutBuffer* out) {
  if (value.is_null()) {
    if (value.is_absent()) [[unlikely]] {
      return Fail(field, kNotInRowImage);
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
        return Fail(field, kUnsignedTooLarge);
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
    case Semantic::kYear:
      AppendUint(DebeziumYear(value.unsigned_integer()), out);
      return true;
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
  char* const begin = out->Reserve(1 + kTemporalTextMax + 1);
  const DebeziumTemporal temporal = WriteTemporal(field, value, begin + 1);
  switch (temporal.form) {
    case DebeziumTemporal::Form::kNull:
      out->Append("null");
      return true;
    case DebeziumTemporal::Form::kNumber:
      out->AdvanceTo(WriteInt(temporal.number, begin));
      return true;
    case DebeziumTemporal::Form::kText:
      *begin = '"';
      out->AdvanceTo(Put(temporal.end, "\""));
      return true;
    case DebeziumTemporal::Form::kProblem:
      break;
  }
  return Fail(field, temporal.problem);
}

bool DebeziumValues::AppendLabels(const DebeziumField& field, uint64_t number, OutBuffer* out) {
  const auto& labels = *field.labels;
  if (field.semantic == Semantic::kEnum) {
    if (number > labels.size()) return Fail(field, kNoSuchLabel);
    AppendText(number == 0 ? std::string_view() : std::string_view(labels[number - 1]), out);
    return true;
  }
  out->Append('"');
  bool first = true;
  for (size_t bit = 0; bit < 64; ++bit) {
    if ((number >> bit & 1) == 0) continue;
    if (bit >= labels.size()) return Fail(field, kNoSuchLabel);
    if (!std::exchange(first, false)) out->Append(',');
    AppendEscaped(labels[bit], kDebeziumHex, out);
  }
  out->Append('"');
  return true;
}

bool DebeziumValues::AppendGeometry(const DebeziumField& field, std::string_view bytes, OutBuffer* out) {
  DebeziumGeometry geometry;
  if (const char* problem = ReadGeometry(field, bytes, &geometry)) return Fail(field, problem);
  out->Append('{');
  if (field.semantic == Semantic::kPoint) {
    char* at = out->Reserve(128);
    at = WriteReal(geometry.x, Put(at, "\"x\":"));
    at = WriteReal(geometry.y, Put(at, ",\"y\":"));
    *at++ = ',';
    out->AdvanceTo(at);
  }
  out->Append("\"wkb\":");
  AppendBytes(geometry.wkb, out);
  out->Append(",\"srid\":");
  if (geometry.srid == 0) {
    out->Append("null");
  } else {
    AppendUint(geometry.srid, out);
  }
  out->Append(field.extensions ? ",\"extensions\":null}" : "}");
  return true;
}

void DebeziumValues::AppendJson(std::string_view text, bool compact, OutBuffer* out) {
  AppendText(compact ? CompactJson(text, &scratch_) : text, out);
}

}  // namespace cdc::formats
