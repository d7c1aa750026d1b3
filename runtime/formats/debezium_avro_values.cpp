#include "runtime/formats/debezium_avro_values.h"

#include <charconv>
#include <utility>

#include "runtime/formats/avro_writer.h"
#include "runtime/formats/compact_json.h"
#include "runtime/formats/debezium_geometry.h"
#include "runtime/formats/debezium_temporal.h"
#include "runtime/formats/debezium_values.h"
#include "runtime/formats/json_writer.h"
#include "runtime/formats/unscaled_decimal.h"
#include "stdlib/core/number_text.h"

namespace cdc::formats {
namespace {

void AppendDouble(double value, OutBuffer* out) {
  out->AdvanceTo(WriteAvroDouble(value, out->Reserve(sizeof(double))));
}

double ParsedDouble(std::string_view text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The double that a FLOAT's shortest digits are: what a reader of JSON has as well.
double DoubleOf(float value) {
  if (!std::isfinite(value)) return value;
  char text[kPlainDoubleTextMax];
  return ParsedDouble({text, static_cast<size_t>(WritePlainFloat(value, text) - text)});
}

void AppendUnscaled(std::string_view decimal, OutBuffer* out) {
  char bytes[kUnscaledBytesMax];
  AppendAvroText(UnscaledBytes(decimal, bytes), out);
}

void AppendBits(uint64_t number, uint32_t bits, OutBuffer* out) {
  char bytes[8];
  const size_t count = (bits + 7) / 8;
  for (size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(number >> (8 * i));
  AppendAvroText({bytes, count}, out);
}

// The bytes of MySQL's vectors are those of Avro's floats.
void AppendVector(std::string_view bytes, OutBuffer* out) {
  const size_t count = bytes.size() / 4;
  if (count > 0) AppendAvroLong(static_cast<int64_t>(count), out);
  out->Append(bytes.substr(0, 4 * count));
  out->Append('\0');
}

}  // namespace

AvroField AvroFieldOf(DebeziumField field, bool has_default) {
  AvroField avro;
  avro.is_union = field.nullable;
  if (has_default) std::swap(avro.null_branch, avro.value_branch);
  avro.float_is_double = field.semantic == Semantic::kFloat && field.type_members == "\"type\":\"double\"";
  avro.field = std::move(field);
  return avro;
}

bool DebeziumAvroValues::Fail(const DebeziumField& field, const std::string& why) {
  problem_ = "column `" + field.name + "` " + why;
  return false;
}

bool DebeziumAvroValues::Append(const AvroField& field, const Value& value, bool compact_json, OutBuffer* out) {
  if (value.is_null()) {
    if (value.is_absent()) [[unlikely]]
      return Fail(field.field, kNotInRowImage);
    if (!field.is_union) [[unlikely]]
      return Fail(field.field, "is NULL, which its type does not allow");
    out->Append(field.null_branch);
    return true;
  }
  if (field.is_union) out->Append(field.value_branch);
  return AppendValue(field, value, compact_json, out);
}

bool DebeziumAvroValues::AppendValue(const AvroField& avro, const Value& value, bool compact_json, OutBuffer* out) {
  const DebeziumField& field = avro.field;
  switch (field.semantic) {
    case Semantic::kInteger:
      AppendAvroLong(value.integer(), out);
      return true;
    case Semantic::kUnsignedLong:
      if (value.unsigned_integer() > INT64_MAX) [[unlikely]]
        return Fail(field, kUnsignedTooLarge);
      AppendAvroLong(value.integer(), out);
      return true;
    case Semantic::kUnsignedNumber:
    case Semantic::kUnsignedBytes: {
      char text[kNumberTextMax];
      AppendUnscaled({text, static_cast<size_t>(WriteUint(value.unsigned_integer(), text) - text)}, out);
      return true;
    }
    case Semantic::kDecimalNumber:
    case Semantic::kDecimalBytes:
      AppendUnscaled(value.text(), out);
      return true;
    case Semantic::kDecimalText:
    case Semantic::kText:
      AppendAvroText(value.text(), out);
      return true;
    case Semantic::kDecimalDouble:
      AppendDouble(ParsedDouble(value.text()), out);
      return true;
    case Semantic::kFloat: {
      const auto real = static_cast<float>(value.real());
      if (avro.float_is_double) {
        AppendDouble(DoubleOf(real), out);
      } else {
        out->AdvanceTo(WriteAvroFloat(real, out->Reserve(sizeof(float))));
      }
      return true;
    }
    case Semantic::kDouble:
      AppendDouble(value.real(), out);
      return true;
    case Semantic::kBoolean:
      out->Append(value.integer() != 0 ? '\1' : '\0');
      return true;
    case Semantic::kBits:
      AppendBits(value.unsigned_integer(), field.bits, out);
      return true;
    case Semantic::kBinary:
      AppendBinary(field, value.text(), out);
      return true;
    case Semantic::kJson:
      AppendAvroText(compact_json ? CompactJson(value.text(), &scratch_) : value.text(), out);
      return true;
    case Semantic::kYear:
      AppendAvroLong(static_cast<int64_t>(DebeziumYear(value.unsigned_integer())), out);
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
      return AppendTemporal(avro, value, out);
  }
}

bool DebeziumAvroValues::AppendTemporal(const AvroField& field, const Value& value, OutBuffer* out) {
  char* const begin = out->Reserve(1 + kTemporalTextMax);
  const DebeziumTemporal temporal = WriteTemporal(field.field, value, begin + 1);
  switch (temporal.form) {
    case DebeziumTemporal::Form::kNull:
      // Only of a nullable column: its branch is written already.
      out->Truncate(out->size() - 1);
      out->Append(field.null_branch);
      return true;
    case DebeziumTemporal::Form::kNumber:
      out->AdvanceTo(WriteAvroLong(temporal.number, begin));
      return true;
    case DebeziumTemporal::Form::kText:
      // Shorter than 64 bytes, so that its size is one byte.
      *begin = static_cast<char>(2 * (temporal.end - begin - 1));
      out->AdvanceTo(temporal.end);
      return true;
    case DebeziumTemporal::Form::kProblem:
      break;
  }
  return Fail(field.field, temporal.problem);
}

bool DebeziumAvroValues::AppendLabels(const DebeziumField& field, uint64_t number, OutBuffer* out) {
  const auto& labels = *field.labels;
  if (field.semantic == Semantic::kEnum) {
    if (number > labels.size()) return Fail(field, kNoSuchLabel);
    AppendAvroText(number == 0 ? std::string_view() : std::string_view(labels[number - 1]), out);
    return true;
  }
  scratch_.Clear();
  for (size_t bit = 0; bit < 64; ++bit) {
    if ((number >> bit & 1) == 0) continue;
    if (bit >= labels.size()) return Fail(field, kNoSuchLabel);
    if (scratch_.size() > 0) scratch_.Append(',');
    scratch_.Append(labels[bit]);
  }
  AppendAvroText(scratch_.view(), out);
  return true;
}

bool DebeziumAvroValues::AppendGeometry(const DebeziumField& field, std::string_view bytes, OutBuffer* out) {
  DebeziumGeometry geometry;
  if (const char* problem = ReadGeometry(field, bytes, &geometry)) return Fail(field, problem);
  const bool point = field.semantic == Semantic::kPoint;
  if (point) {
    AppendDouble(geometry.x, out);
    AppendDouble(geometry.y, out);
    out->Append('\2');  // a point's `wkb` is optional
  }
  AppendAvroText(geometry.wkb, out);
  out->Append(geometry.srid == 0 ? '\0' : '\2');
  if (geometry.srid != 0) AppendAvroLong(geometry.srid, out);
  if (field.extensions) out->Append('\0');
  return true;
}

void DebeziumAvroValues::AppendBinary(const DebeziumField& field, std::string_view bytes, OutBuffer* out) {
  using Binaries = DebeziumOptions::Binaries;
  if (field.binaries == Binaries::kBytes) return AppendAvroText(bytes, out);
  scratch_.Clear();
  if (field.binaries == Binaries::kHex) {
    AppendHex(bytes, &scratch_);
  } else {
    AppendBase64(bytes, field.binaries == Binaries::kBase64Url, &scratch_);
  }
  AppendAvroText(scratch_.view(), out);
}

}  // namespace cdc::formats
