// A Schema from TABLE_MAP's metadata, and the comparison of TABLE_MAP with a Schema known from elsewhere.

#include <utility>

#include "runtime/sources/mysql/binlog/charset.h"
#include "runtime/sources/mysql/binlog/table_map.h"
#include "stdlib/core/names.h"

namespace cdc::binlog {
namespace {

constexpr uint32_t kBinaryCollation = 63;
constexpr const char* kGeometryNames[] = {"geometry", "point", "linestring", "polygon",
                                          "multipoint", "multilinestring", "multipolygon", "geometrycollection"};

TypeKind TextOrBlob(const WireColumn& column, bool binary) {
  switch (column.scale) {
    case 1: return binary ? TypeKind::kTinyBlob : TypeKind::kTinyText;
    case 2: return binary ? TypeKind::kBlob : TypeKind::kText;
    case 3: return binary ? TypeKind::kMediumBlob : TypeKind::kMediumText;
    default: return binary ? TypeKind::kLongBlob : TypeKind::kLongText;
  }
}

TypeKind KindOf(const WireColumn& column, bool binary) {
  switch (column.type) {
    case WireType::kTiny: return TypeKind::kTinyInt;
    case WireType::kShort: return TypeKind::kSmallInt;
    case WireType::kInt24: return TypeKind::kMediumInt;
    case WireType::kLong: return TypeKind::kInt;
    case WireType::kLongLong: return TypeKind::kBigInt;
    case WireType::kFloat: return TypeKind::kFloat;
    case WireType::kDouble: return TypeKind::kDouble;
    case WireType::kNewDecimal: case WireType::kDecimal: return TypeKind::kDecimal;
    case WireType::kBit: return TypeKind::kBit;
    case WireType::kYear: return TypeKind::kYear;
    case WireType::kDate: case WireType::kNewDate: return TypeKind::kDate;
    case WireType::kTime: case WireType::kTime2: return TypeKind::kTime;
    case WireType::kDatetime: case WireType::kDatetime2: return TypeKind::kDatetime;
    case WireType::kTimestamp: case WireType::kTimestamp2: return TypeKind::kTimestamp;
    case WireType::kVarchar: case WireType::kVarString: case WireType::kVarcharCompressed:
      return binary ? TypeKind::kVarbinary : TypeKind::kVarchar;
    case WireType::kString: return binary ? TypeKind::kBinary : TypeKind::kChar;
    case WireType::kTinyBlob: case WireType::kMediumBlob: case WireType::kLongBlob: case WireType::kBlob:
    case WireType::kBlobCompressed:
      return TextOrBlob(column, binary);
    case WireType::kEnum: return TypeKind::kEnum;
    case WireType::kSet: return TypeKind::kSet;
    case WireType::kJson: return TypeKind::kJson;
    case WireType::kGeometry: return TypeKind::kGeometry;
    case WireType::kVector: return TypeKind::kVector;
    case WireType::kNull: return TypeKind::kNull;
  }
  return TypeKind::kUnknown;
}

Result<std::shared_ptr<const std::vector<std::string>>> LabelsOf(const WireColumn& column, const std::string& charset) {
  const Charset from = FindCharset(charset.empty() ? "utf8mb4" : charset);
  if (from == Charset::kUnsupported) {
    return Error(ErrorCode::kConfig, "labels of column `" + column.name + "` are in charset `" + charset +
                                         "`, which this release does not read");
  }
  Arena scratch;
  auto labels = std::make_shared<std::vector<std::string>>();
  for (const std::string_view label : column.labels) labels->emplace_back(ToUtf8(from, label, &scratch));
  return std::shared_ptr<const std::vector<std::string>>(std::move(labels));
}

Result<Type> TypeOf(const WireColumn& column) {
  const bool binary = column.collation == kBinaryCollation;
  Type type;
  type.kind = KindOf(column, binary);
  type.is_unsigned = column.is_unsigned.value_or(false) && type.kind != TypeKind::kYear;
  type.nullable = column.nullable;
  if (column.collation.has_value() && !binary && type.kind != TypeKind::kGeometry) {
    type.charset = std::string(CharsetNameOfCollation(*column.collation));
  }
  switch (type.kind) {
    case TypeKind::kDecimal:
      type.precision = column.precision;
      type.scale = column.scale;
      break;
    case TypeKind::kTime: case TypeKind::kDatetime: case TypeKind::kTimestamp:
      type.scale = column.scale;
      break;
    case TypeKind::kBit: case TypeKind::kVarbinary: case TypeKind::kBinary:
      type.length = column.length;
      break;
    case TypeKind::kChar: case TypeKind::kVarchar:
      type.length = column.length / CharacterBytesMax(type.charset);
      break;
    case TypeKind::kGeometry:
      type.geometry = kGeometryNames[column.geometry_type.value_or(0) % std::size(kGeometryNames)];
      break;
    case TypeKind::kVector:
      type.length = column.dimensions.value_or(0);
      break;
    case TypeKind::kEnum: case TypeKind::kSet: {
      ASSIGN_OR_RETURN(type.labels, LabelsOf(column, type.charset));
      break;
    }
    default:
      break;
  }
  return type;
}

// Types that are one on the wire, seen from a schema.
bool SameClass(const WireColumn& column, const Type& type) {
  switch (column.type) {
    case WireType::kTiny: return type.kind == TypeKind::kTinyInt || type.kind == TypeKind::kBool;
    case WireType::kShort: return type.kind == TypeKind::kSmallInt;
    case WireType::kInt24: return type.kind == TypeKind::kMediumInt;
    case WireType::kLong: return type.kind == TypeKind::kInt;
    case WireType::kLongLong: return type.kind == TypeKind::kBigInt;
    case WireType::kFloat: return type.kind == TypeKind::kFloat;
    case WireType::kDouble: return type.kind == TypeKind::kDouble;
    case WireType::kNewDecimal:
      return type.kind == TypeKind::kDecimal && type.precision == column.precision && type.scale == column.scale;
    case WireType::kBit: return type.kind == TypeKind::kBit && type.length == column.length;
    case WireType::kYear: return type.kind == TypeKind::kYear;
    case WireType::kDate: case WireType::kNewDate: return type.kind == TypeKind::kDate;
    case WireType::kTime2: return type.kind == TypeKind::kTime && type.scale == column.scale;
    case WireType::kDatetime2: return type.kind == TypeKind::kDatetime && type.scale == column.scale;
    case WireType::kTimestamp2: return type.kind == TypeKind::kTimestamp && type.scale == column.scale;
    case WireType::kTime: return type.kind == TypeKind::kTime;
    case WireType::kDatetime: return type.kind == TypeKind::kDatetime;
    case WireType::kTimestamp: return type.kind == TypeKind::kTimestamp;
    case WireType::kEnum: return type.kind == TypeKind::kEnum;
    case WireType::kSet: return type.kind == TypeKind::kSet;
    case WireType::kJson: return type.kind == TypeKind::kJson;
    case WireType::kGeometry: return type.kind == TypeKind::kGeometry;
    default:
      return IsText(type.kind) || IsBinary(type.kind) || type.kind == TypeKind::kJson || type.kind == TypeKind::kVector;
  }
}

}  // namespace

Result<Schema> SchemaOf(const TableMap& map, bool) {
  CHECK(map.has_names);
  Schema schema;
  schema.database = std::string(map.database);
  schema.table = std::string(map.table);
  for (const WireColumn& wire : map.columns) {
    Column column;
    column.name = wire.name;
    ASSIGN_OR_RETURN(column.type, TypeOf(wire));
    column.type_text = TypeText(column.type);
    column.invisible = !wire.visible.value_or(true);
    schema.columns.push_back(std::move(column));
  }
  if (!map.primary_key.empty()) {
    Index primary{.name = "PRIMARY", .unique = true};
    for (const uint32_t column : map.primary_key) primary.columns.push_back(map.columns[column].name);
    schema.indexes.push_back(std::move(primary));
  }
  return schema;
}

std::string Difference(const TableMap& map, const Schema& schema) {
  const std::string table = schema.database + "." + schema.table;
  if (map.columns.size() != schema.columns.size()) {
    return "the log's rows of " + table + " have " + std::to_string(map.columns.size()) + " columns, the known table has " +
           std::to_string(schema.columns.size());
  }
  for (size_t i = 0; i < map.columns.size(); ++i) {
    const WireColumn& wire = map.columns[i];
    const Column& known = schema.columns[i];
    if (map.has_names && !SameName(wire.name, known.name)) {
      return "column " + std::to_string(i + 1) + " of " + table + " is `" + wire.name + "` in the log and `" + known.name +
             "` in the known table";
    }
    if (!SameClass(wire, known.type)) {
      return "column `" + known.name + "` of " + table + " is " + TypeText(known.type) + " in the known table, but the log's type " +
             std::to_string(static_cast<int>(wire.type)) + " (" + std::to_string(wire.length) + "," +
             std::to_string(wire.precision) + "," + std::to_string(wire.scale) + ") is another";
    }
  }
  return {};
}

}  // namespace cdc::binlog
