#include "runtime/formats/canal_columns.h"

namespace cdc::formats {
namespace {

// java.sql.Types
constexpr int kBitCode = -7, kTinyCode = -6, kBigCode = -5, kCharCode = 1, kDecimalCode = 3, kIntegerCode = 4,
              kSmallCode = 5, kRealCode = 7, kDoubleCode = 8, kVarcharCode = 12, kDateCode = 91, kTimeCode = 92,
              kTimestampCode = 93, kBlobCode = 2004, kClobCode = 2005;

int SqlType(TypeKind kind, bool labels) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kTinyInt:
      return kTinyCode;
    case TypeKind::kSmallInt:
      return kSmallCode;
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
      return kIntegerCode;
    case TypeKind::kBigInt:
      return kBigCode;
    case TypeKind::kDecimal:
      return kDecimalCode;
    case TypeKind::kFloat:
      return kRealCode;
    case TypeKind::kDouble:
      return kDoubleCode;
    case TypeKind::kBit:
      return kBitCode;
    case TypeKind::kYear:
    case TypeKind::kVarchar:
    case TypeKind::kJson:
    case TypeKind::kNull:
      return kVarcharCode;
    case TypeKind::kChar:
      return kCharCode;
    case TypeKind::kTinyText:
    case TypeKind::kText:
    case TypeKind::kMediumText:
    case TypeKind::kLongText:
    case TypeKind::kString:
      return kClobCode;
    case TypeKind::kBinary:
    case TypeKind::kVarbinary:
    case TypeKind::kTinyBlob:
    case TypeKind::kBlob:
    case TypeKind::kMediumBlob:
    case TypeKind::kLongBlob:
    case TypeKind::kGeometry:
      return kBlobCode;
    case TypeKind::kDate:
      return kDateCode;
    case TypeKind::kTime:
      return kTimeCode;
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return kTimestampCode;
    case TypeKind::kEnum:
      return labels ? kVarcharCode : kIntegerCode;
    case TypeKind::kSet:
      return labels ? kVarcharCode : kBitCode;
    case TypeKind::kVector:
    case TypeKind::kUnknown:
    case TypeKind::kDuration:
    case TypeKind::kSize:
    case TypeKind::kSecret:
      return 0;
  }
  return 0;
}

void Widen(TypeKind kind, CanalType* type) {
  switch (kind) {
    case TypeKind::kTinyInt:
      type->limit = 0x7f;
      type->widened_sql_type = kSmallCode;
      break;
    case TypeKind::kSmallInt:
      type->limit = 0x7fff;
      type->widened_sql_type = kIntegerCode;
      break;
    case TypeKind::kMediumInt:
      type->limit = 0x7fffff;
      type->widened_sql_type = kIntegerCode;
      break;
    case TypeKind::kInt:
      type->limit = 0x7fffffff;
      type->widened_sql_type = kBigCode;
      break;
    case TypeKind::kBigInt:
      type->limit = INT64_MAX;
      type->widened_sql_type = kDecimalCode;
      break;
    default:
      break;
  }
}

std::string MysqlType(const Column& column) {
  if (!column.type_text.empty()) return column.type_text;
  switch (column.type.kind) {
    case TypeKind::kBool:
      return "tinyint(1)";
    case TypeKind::kNull:
      return "varchar(0)";
    case TypeKind::kString:
      return "longtext";
    default:
      return TypeText(column.type);
  }
}

}  // namespace

bool CanalTypeOf(const Column& column, bool labels, CanalType* type) {
  const int code = SqlType(column.type.kind, labels);
  if (code == 0) return false;
  type->sql_type = type->widened_sql_type = code;
  type->mysql_type = MysqlType(column);
  if (column.type.is_unsigned) Widen(column.type.kind, type);
  return true;
}

}  // namespace cdc::formats
