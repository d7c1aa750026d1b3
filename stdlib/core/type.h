#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cdc {

// MySQL's types, plus the kinds that exist at compile time only.
enum class TypeKind : uint8_t {
  kUnknown,  // a column without a schema; never produces an error
  kNull,     // the literal NULL
  kBool,     // result of a predicate; value is kInt 0 or 1
  kTinyInt,
  kSmallInt,
  kMediumInt,
  kInt,
  kBigInt,
  kDecimal,
  kFloat,
  kDouble,
  kBit,
  kYear,
  kChar,
  kVarchar,
  kTinyText,
  kText,
  kMediumText,
  kLongText,
  kBinary,
  kVarbinary,
  kTinyBlob,
  kBlob,
  kMediumBlob,
  kLongBlob,
  kDate,
  kTime,
  kDatetime,
  kTimestamp,
  kJson,
  kEnum,
  kSet,
  kGeometry,
  kVector,
  // compile time only
  kString,
  kDuration,
  kSize,
  kSecret,
};

// A column's or expression's type. Cheap to copy; labels are shared.
struct Type {
  TypeKind kind = TypeKind::kUnknown;
  bool is_unsigned = false;
  bool nullable = true;
  bool sensitive = false;
  // CHAR/VARCHAR/TEXT: characters; BINARY/VARBINARY/BLOB: bytes; BIT: bits; VECTOR: dimensions.
  uint32_t length = 0;
  uint8_t precision = 0;  // DECIMAL
  uint8_t scale = 0;      // DECIMAL: digits after the point; TIME, DATETIME, TIMESTAMP: fraction digits
  std::string charset;    // character types, ENUM, SET: MySQL's name, lower case; empty if not a character type
  std::string collation;
  std::string geometry;                                    // `point`, `linestring`, …; GEOMETRY only
  std::shared_ptr<const std::vector<std::string>> labels;  // ENUM, SET: UTF-8, in order

  bool operator==(const Type& other) const;
};

bool IsInteger(TypeKind kind);   // tinyint … bigint, year, bit, bool
bool IsNumeric(TypeKind kind);   // integers, decimal, float, double
bool IsText(TypeKind kind);      // char … longtext, string
bool IsBinary(TypeKind kind);    // binary … longblob
bool IsTemporal(TypeKind kind);  // date, time, datetime, timestamp

// The type as MySQL 9.7 prints it in SHOW CREATE TABLE, lower case, without nullability and charset:
// `bigint unsigned`, `decimal(10,2)`, `enum('new','paid')`, `timestamp(3)`, `varchar(64)`.
std::string TypeText(const Type& type);

}  // namespace cdc
