#include <charconv>
#include <optional>

#include "runtime/formats/debezium_schema.h"
#include "runtime/formats/debezium_values.h"
#include "stdlib/core/decimal.h"
#include "stdlib/core/sql_default.h"
#include "stdlib/core/temporal.h"

// A column's default is SQL text; here it becomes a value and is written as any other. Defaults that are not
// constants (expressions, times of the moment) have no place in a schema, as with Debezium, but for the moment's
// time of a NOT NULL column, which Debezium shows as 1970.

namespace cdc::formats {
namespace {

template <typename Number>
std::optional<Number> Read(const std::string& text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<uint64_t> LabelNumber(const Type& type, const std::string& text) {
  const auto& labels = *type.labels;
  if (type.kind == TypeKind::kEnum) {
    for (size_t i = 0; i < labels.size(); ++i) {
      if (labels[i] == text) return i + 1;
    }
    return std::nullopt;
  }
  uint64_t bits = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t comma = std::min(text.find(',', begin), text.size());
    size_t bit = 0;
    while (bit < labels.size() && labels[bit] != text.substr(begin, comma - begin)) ++bit;
    if (bit == labels.size()) return std::nullopt;
    bits |= uint64_t{1} << bit;
    begin = comma + 1;
  }
  return bits;
}

// `text` may be rewritten; the value points into it.
std::optional<Value> TextToValue(const Type& type, std::string* text) {
  switch (type.kind) {
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
    case TypeKind::kBool:
    case TypeKind::kYear: {
      if (type.is_unsigned || type.kind == TypeKind::kYear) {
        const auto number = Read<uint64_t>(*text);
        return number ? std::optional(Value::Uint(*number)) : std::nullopt;
      }
      const auto number = Read<int64_t>(*text);
      return number ? std::optional(Value::Int(*number)) : std::nullopt;
    }
    case TypeKind::kDecimal: {
      const auto decimal = Decimal::Parse(*text);
      if (!decimal) return std::nullopt;
      *text = decimal->Round(type.scale).ToString();
      return Value::Decimal(*text);
    }
    case TypeKind::kFloat: {
      const auto number = Read<float>(*text);
      return number ? std::optional(Value::Float(*number)) : std::nullopt;
    }
    case TypeKind::kDouble: {
      const auto number = Read<double>(*text);
      return number ? std::optional(Value::Double(*number)) : std::nullopt;
    }
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return Value::Text(*text);
    case TypeKind::kEnum:
    case TypeKind::kSet: {
      const auto number = LabelNumber(type, *text);
      return number ? std::optional(Value::Uint(*number)) : std::nullopt;
    }
    case TypeKind::kDate: {
      const auto date = ParseDate(*text);
      return date ? std::optional(Value::Date(*date)) : std::nullopt;
    }
    case TypeKind::kDatetime: {
      const auto datetime = ParseDatetime(*text);
      return datetime ? std::optional(Value::Datetime(*datetime)) : std::nullopt;
    }
    case TypeKind::kTime: {
      const auto time = ParseTime(*text);
      return time ? std::optional(Value::Time(*time)) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string DefaultJson(const Column& column, const DebeziumField& field) {
  if (!column.default_text) return "";
  const std::string& sql = *column.default_text;
  std::string text;
  std::optional<Value> value;
  if (DefaultIsNow(sql)) {
    if (column.type.nullable) return "";
    if (column.type.kind == TypeKind::kTimestamp) value = Value::Timestamp(0);
    if (column.type.kind == TypeKind::kDatetime) value = Value::Datetime(PackDatetime({1970, 1, 1, 0, 0, 0, 0}));
  } else if (auto literal = DefaultLiteral(sql)) {
    text = std::move(*literal);
    value = TextToValue(column.type, &text);
  }
  if (!value) return "";
  OutBuffer out;
  DebeziumValues values;
  DebeziumField whole = field;
  whole.digits = value->kind() == ValueKind::kTimestamp ? 0 : field.digits;
  if (!values.Append(whole, *value, true, &out)) return "";
  return std::string(out.view());
}

}  // namespace cdc::formats
