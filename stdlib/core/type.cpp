#include "stdlib/core/type.h"

namespace cdc {
namespace {

bool SameLabels(const Type& a, const Type& b) {
  if (a.labels == b.labels) return true;
  return a.labels != nullptr && b.labels != nullptr && *a.labels == *b.labels;
}

std::string LabelList(const Type& type) {
  std::string text = "(";
  if (type.labels != nullptr) {
    for (const std::string& label : *type.labels) {
      if (text.size() > 1) text += ',';
      text += '\'';
      for (char c : label) {
        switch (c) {
          case '\'':
            text += "''";
            break;
          case '\\':
            text += "\\\\";
            break;
          case '\n':
            text += "\\n";
            break;
          case '\r':
            text += "\\r";
            break;
          case '\0':
            text += "\\0";
            break;
          default:
            text += c;
            break;
        }
      }
      text += '\'';
    }
  }
  return text + ")";
}

std::string WithLength(const char* name, uint32_t length) {
  return std::string(name) + "(" + std::to_string(length) + ")";
}

std::string WithFraction(const char* name, uint8_t digits) { return digits == 0 ? name : WithLength(name, digits); }

const char* SimpleName(TypeKind kind) {
  switch (kind) {
    case TypeKind::kUnknown:
      return "unknown";
    case TypeKind::kNull:
      return "null";
    case TypeKind::kBool:
      return "bool";
    case TypeKind::kTinyInt:
      return "tinyint";
    case TypeKind::kSmallInt:
      return "smallint";
    case TypeKind::kMediumInt:
      return "mediumint";
    case TypeKind::kInt:
      return "int";
    case TypeKind::kBigInt:
      return "bigint";
    case TypeKind::kDecimal:
      return "decimal";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kBit:
      return "bit";
    case TypeKind::kYear:
      return "year";
    case TypeKind::kChar:
      return "char";
    case TypeKind::kVarchar:
      return "varchar";
    case TypeKind::kTinyText:
      return "tinytext";
    case TypeKind::kText:
      return "text";
    case TypeKind::kMediumText:
      return "mediumtext";
    case TypeKind::kLongText:
      return "longtext";
    case TypeKind::kBinary:
      return "binary";
    case TypeKind::kVarbinary:
      return "varbinary";
    case TypeKind::kTinyBlob:
      return "tinyblob";
    case TypeKind::kBlob:
      return "blob";
    case TypeKind::kMediumBlob:
      return "mediumblob";
    case TypeKind::kLongBlob:
      return "longblob";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kTime:
      return "time";
    case TypeKind::kDatetime:
      return "datetime";
    case TypeKind::kTimestamp:
      return "timestamp";
    case TypeKind::kJson:
      return "json";
    case TypeKind::kEnum:
      return "enum";
    case TypeKind::kSet:
      return "set";
    case TypeKind::kGeometry:
      return "geometry";
    case TypeKind::kVector:
      return "vector";
    case TypeKind::kString:
      return "string";
    case TypeKind::kDuration:
      return "duration";
    case TypeKind::kSize:
      return "size";
    case TypeKind::kSecret:
      return "secret";
  }
  return "unknown";
}

}  // namespace

bool Type::operator==(const Type& other) const {
  return kind == other.kind && is_unsigned == other.is_unsigned && nullable == other.nullable &&
         sensitive == other.sensitive && length == other.length && precision == other.precision &&
         scale == other.scale && charset == other.charset && collation == other.collation &&
         geometry == other.geometry && SameLabels(*this, other);
}

bool IsInteger(TypeKind kind) {
  return (kind >= TypeKind::kBool && kind <= TypeKind::kBigInt) || kind == TypeKind::kBit || kind == TypeKind::kYear;
}

bool IsNumeric(TypeKind kind) { return kind >= TypeKind::kBool && kind <= TypeKind::kYear; }

bool IsText(TypeKind kind) {
  return (kind >= TypeKind::kChar && kind <= TypeKind::kLongText) || kind == TypeKind::kString;
}

bool IsBinary(TypeKind kind) { return kind >= TypeKind::kBinary && kind <= TypeKind::kLongBlob; }

bool IsTemporal(TypeKind kind) { return kind >= TypeKind::kDate && kind <= TypeKind::kTimestamp; }

std::string TypeText(const Type& type) {
  const char* name = SimpleName(type.kind);
  switch (type.kind) {
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kBigInt:
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return type.is_unsigned ? std::string(name) + " unsigned" : name;
    case TypeKind::kDecimal: {
      std::string text =
          std::string(name) + "(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
      return type.is_unsigned ? text + " unsigned" : text;
    }
    case TypeKind::kBit:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
    case TypeKind::kVarbinary:
    case TypeKind::kVector:
      return WithLength(name, type.length);
    case TypeKind::kTime:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return WithFraction(name, type.scale);
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return name + LabelList(type);
    case TypeKind::kGeometry:
      return type.geometry.empty() ? name : type.geometry;
    default:
      return name;
  }
}

}  // namespace cdc
