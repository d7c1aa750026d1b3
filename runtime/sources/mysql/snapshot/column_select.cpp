#include "runtime/sources/mysql/snapshot/column_select.h"

#include <optional>
#include <string_view>

#include "runtime/sources/mysql/binlog/charset.h"
#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"

namespace cdc::sources {
namespace {

std::string CastText(const std::string& name) { return "CAST(" + name + " AS CHAR)"; }
std::string CastBytes(const std::string& name) { return "CAST(" + name + " AS BINARY)"; }
std::string CastNumber(const std::string& name) { return "CAST(" + name + " AS UNSIGNED)"; }

std::string Hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out = "X'";
  for (const char c : bytes) {
    out += kDigits[static_cast<uint8_t>(c) >> 4];
    out += kDigits[static_cast<uint8_t>(c) & 15];
  }
  return out + "'";
}

Error BadText(const Column& column, std::string_view text) {
  return Error(ErrorCode::kCorruptInput, "column `" + column.name + "`: the server's text `" +
                                             std::string(text.substr(0, 64)) + "` is no " + TypeText(column.type));
}

Result<Value> TemporalOf(const Column& column, std::string_view text) {
  std::optional<int64_t> parsed;
  switch (column.type.kind) {
    case TypeKind::kDate:
      if ((parsed = ParseStoredDatetime(text))) return Value::Date(*parsed);
      break;
    case TypeKind::kTime:
      if ((parsed = ParseTime(text))) return Value::Time(*parsed);
      break;
    case TypeKind::kDatetime:
      if ((parsed = ParseStoredDatetime(text))) return Value::Datetime(*parsed);
      break;
    default:  // TIMESTAMP, read in UTC
      if ((parsed = ParseDatetime(text))) {
        const CivilTime time = UnpackDatetime(*parsed);
        if (time.month == 0 || time.day == 0) return Value::Timestamp(kZeroTimestamp);
        return Value::Timestamp(MicrosFromCivil(time));
      }
      break;
  }
  return BadText(column, text);
}

// ZEROFILL is how a number is shown, not what it is.
std::string_view WithoutZeroFill(std::string_view digits) {
  while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
  return digits;
}

}  // namespace

Result<ColumnSelect> SelectOf(const Column& column) {
  const std::string name = mysql::QuoteName(column.name);
  switch (column.type.kind) {
    case TypeKind::kBool:
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
      return ColumnSelect{name, column.type.is_unsigned ? mysql::FieldKind::kUint : mysql::FieldKind::kInt};
    case TypeKind::kYear:
    case TypeKind::kBit:
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return ColumnSelect{CastNumber(name), mysql::FieldKind::kUint};
    case TypeKind::kFloat:
      return ColumnSelect{name, mysql::FieldKind::kFloat};
    case TypeKind::kDouble:
      return ColumnSelect{name, mysql::FieldKind::kDouble};
    case TypeKind::kDecimal:
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return ColumnSelect{CastText(name), mysql::FieldKind::kText};
    case TypeKind::kVector:
      // The client library does not know the type and would lose its place in the row.
      return ColumnSelect{CastBytes(name), mysql::FieldKind::kText};
    default:
      break;
  }
  if (!column.type.charset.empty() && binlog::FindCharset(column.type.charset) == binlog::Charset::kUnsupported) {
    return Error(ErrorCode::kConfig, "column `" + column.name + "` is in charset `" + column.type.charset +
                                         "`, which this release does not read");
  }
  return ColumnSelect{name, mysql::FieldKind::kText};
}

Result<Value> ValueOf(const Column& column, const mysql::RowStream& row, size_t index, Arena* arena) {
  if (row.IsNull(index)) return Value::Null();
  switch (column.type.kind) {
    case TypeKind::kBool:
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
      return column.type.is_unsigned ? Value::Uint(static_cast<uint64_t>(row.Int(index))) : Value::Int(row.Int(index));
    case TypeKind::kYear:
    case TypeKind::kBit:
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return Value::Uint(static_cast<uint64_t>(row.Int(index)));
    case TypeKind::kFloat:
      return Value::Float(static_cast<float>(row.Real(index)));
    case TypeKind::kDouble:
      return Value::Double(row.Real(index));
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return TemporalOf(column, row.Text(index));
    default:
      break;
  }
  const std::string_view text = arena->Copy(row.Text(index));
  if (column.type.kind == TypeKind::kDecimal) return Value::Decimal(WithoutZeroFill(text));
  if (column.type.kind == TypeKind::kJson) return Value::Json(text);
  if (!IsText(column.type.kind)) return Value::Bytes(text);
  return Value::Text(
      binlog::ToUtf8(binlog::FindCharset(column.type.charset.empty() ? "utf8mb4" : column.type.charset), text, arena));
}

std::string OrderOf(const Column& column) {
  const std::string name = mysql::QuoteName(column.name);
  switch (column.type.kind) {
    case TypeKind::kEnum:
    case TypeKind::kSet:
    case TypeKind::kBit:
      return name + "+0";
    default:
      return name;
  }
}

std::string BoundOf(const Column& column, const mysql::RowStream& row, size_t index) {
  switch (column.type.kind) {
    case TypeKind::kBool:
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
      if (!column.type.is_unsigned) return std::to_string(row.Int(index));
      [[fallthrough]];
    case TypeKind::kYear:
    case TypeKind::kBit:
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return std::to_string(static_cast<uint64_t>(row.Int(index)));
    case TypeKind::kFloat:
    case TypeKind::kDouble: {
      // With an exponent a literal is a DOUBLE, not a DECIMAL; a FLOAT column compares as the double it is.
      char text[kNumberTextMax];
      const std::string literal(text, WriteMySqlDouble(row.Real(index), text));
      return literal.find('e') == std::string::npos ? literal + "e0" : literal;
    }
    case TypeKind::kDecimal:
      return std::string(row.Text(index));
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return mysql::QuoteText(row.Text(index));
    default:
      break;
  }
  const std::string introducer =
      IsText(column.type.kind) && !column.type.charset.empty() ? "_" + column.type.charset + " " : "";
  return introducer + Hex(row.Text(index));
}

}  // namespace cdc::sources
