// A Schema from TABLE_MAP's metadata, and the comparison of TABLE_MAP with a Schema known from elsewhere.

#include <utility>

#include "runtime/sources/mysql/binlog/charset.h"
#include "runtime/sources/mysql/binlog/table_map.h"
#include "stdlib/core/names.h"

namespace cdc::binlog {
namespace {

constexpr uint32_t kBinaryCollation = 63;
constexpr std::string_view kHiddenPrefix = "DB_ROW_HASH_";
constexpr const char* kGeometryNames[] = {"geometry",   "point",           "linestring",   "polygon",
                                          "multipoint", "multilinestring", "multipolygon", "geometrycollection"};

TypeKind TextOrBlob(const WireColumn& column, bool binary) {
  switch (column.scale) {
    case 1:
      return binary ? TypeKind::kTinyBlob : TypeKind::kTinyText;
    case 2:
      return binary ? TypeKind::kBlob : TypeKind::kText;
    case 3:
      return binary ? TypeKind::kMediumBlob : TypeKind::kMediumText;
    default:
      return binary ? TypeKind::kLongBlob : TypeKind::kLongText;
  }
}

TypeKind KindOf(const WireColumn& column, bool binary) {
  switch (column.type) {
    case WireType::kTiny:
      return TypeKind::kTinyInt;
    case WireType::kShort:
      return TypeKind::kSmallInt;
    case WireType::kInt24:
      return TypeKind::kMediumInt;
    case WireType::kLong:
      return TypeKind::kInt;
    case WireType::kLongLong:
      return TypeKind::kBigInt;
    case WireType::kFloat:
      return TypeKind::kFloat;
    case WireType::kDouble:
      return TypeKind::kDouble;
    case WireType::kNewDecimal:
    case WireType::kDecimal:
      return TypeKind::kDecimal;
    case WireType::kBit:
      return TypeKind::kBit;
    case WireType::kYear:
      return TypeKind::kYear;
    case WireType::kDate:
    case WireType::kNewDate:
      return TypeKind::kDate;
    case WireType::kTime:
    case WireType::kTime2:
      return TypeKind::kTime;
    case WireType::kDatetime:
    case WireType::kDatetime2:
      return TypeKind::kDatetime;
    case WireType::kTimestamp:
    case WireType::kTimestamp2:
      return TypeKind::kTimestamp;
    case WireType::kVarchar:
    case WireType::kVarString:
    case WireType::kVarcharCompressed:
      return binary ? TypeKind::kVarbinary : TypeKind::kVarchar;
    case WireType::kString:
      return binary ? TypeKind::kBinary : TypeKind::kChar;
    case WireType::kTinyBlob:
    case WireType::kMediumBlob:
    case WireType::kLongBlob:
    case WireType::kBlob:
    case WireType::kBlobCompressed:
      return TextOrBlob(column, binary);
    case WireType::kEnum:
      return TypeKind::kEnum;
    case WireType::kSet:
      return TypeKind::kSet;
    case WireType::kJson:
      return TypeKind::kJson;
    case WireType::kGeometry:
      return TypeKind::kGeometry;
    case WireType::kVector:
      return TypeKind::kVector;
    case WireType::kNull:
      return TypeKind::kNull;
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
    case TypeKind::kTime:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      type.scale = column.scale;
      break;
    case TypeKind::kBit:
    case TypeKind::kVarbinary:
    case TypeKind::kBinary:
      type.length = column.length;
      break;
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      type.length = column.length / CharacterBytesMax(type.charset);
      break;
    case TypeKind::kGeometry:
      type.geometry = kGeometryNames[column.geometry_type.value_or(0) % std::size(kGeometryNames)];
      break;
    case TypeKind::kVector:
      type.length = column.dimensions.value_or(0);
      break;
    case TypeKind::kEnum:
    case TypeKind::kSet: {
      ASSIGN_OR_RETURN(type.labels, LabelsOf(column, type.charset));
      break;
    }
    default:
      break;
  }
  return type;
}

bool IsOldTemporal(WireType type) {
  return type == WireType::kTime || type == WireType::kDatetime || type == WireType::kTimestamp;
}

// Bytes that a column of this type may hold; 0 if it does not follow from the type.
uint32_t ByteLength(const Type& type) {
  if (IsText(type.kind)) return type.charset.empty() ? 0 : type.length * CharacterBytesMax(type.charset);
  return type.length;
}

bool SameString(const WireColumn& column, const Type& type, TypeKind text, TypeKind binary) {
  if (type.kind != text && type.kind != binary) return false;
  const uint32_t bytes = ByteLength(type);
  return bytes == 0 || column.length == 0 || bytes == column.length;
}

// Types that are one on the wire, seen from a schema.
bool SameClass(const WireColumn& column, const Type& type) {
  switch (column.type) {
    case WireType::kTiny:
      return type.kind == TypeKind::kTinyInt || type.kind == TypeKind::kBool;
    case WireType::kNewDecimal:
      return type.kind == TypeKind::kDecimal && type.precision == column.precision && type.scale == column.scale;
    case WireType::kBit:
      return type.kind == TypeKind::kBit && type.length == column.length;
    case WireType::kTime2:
    case WireType::kDatetime2:
    case WireType::kTimestamp2:
      return type.kind == KindOf(column, false) && type.scale == column.scale;
    case WireType::kString:
      return SameString(column, type, TypeKind::kChar, TypeKind::kBinary);
    case WireType::kVarchar:
    case WireType::kVarString:
      return type.kind == TypeKind::kVector || SameString(column, type, TypeKind::kVarchar, TypeKind::kVarbinary);
    case WireType::kVarcharCompressed:
      return type.kind == TypeKind::kVarchar || type.kind == TypeKind::kVarbinary;
    case WireType::kTinyBlob:
    case WireType::kMediumBlob:
    case WireType::kLongBlob:
    case WireType::kBlob:
    case WireType::kBlobCompressed:
      return type.kind == TextOrBlob(column, true) || type.kind == TextOrBlob(column, false) ||
             (type.kind == TypeKind::kJson && column.scale == 4);
    default:
      return type.kind == KindOf(column, false);
  }
}

std::string WireText(const WireColumn& column) {
  Type type;
  type.kind = KindOf(column, column.collation == kBinaryCollation);
  type.is_unsigned = column.is_unsigned.value_or(false);
  type.length = column.length;
  type.precision = column.precision;
  type.scale = column.scale;
  if (IsText(type.kind) || IsBinary(type.kind)) return TypeText(type) + " (length in bytes)";
  return TypeText(type);
}

// What the optional metadata says and the schema does not; empty if they agree.
std::string FactDifference(const WireColumn& column, const Type& type) {
  if (column.is_unsigned.has_value() && type.kind != TypeKind::kYear && *column.is_unsigned != type.is_unsigned) {
    return *column.is_unsigned ? "unsigned in the log, signed in the known table"
                               : "signed in the log, unsigned in the known table";
  }
  const bool character = IsText(type.kind) || type.kind == TypeKind::kEnum || type.kind == TypeKind::kSet;
  if (column.collation.has_value() && (character || IsBinary(type.kind))) {
    const std::string_view logged = CharsetNameOfCollation(*column.collation);
    const std::string_view known = IsBinary(type.kind) ? std::string_view("binary") : std::string_view(type.charset);
    if (!logged.empty() && !known.empty() && logged != known) {
      return "of charset " + std::string(logged) + " in the log, " + std::string(known) + " in the known table";
    }
  }
  if (column.has_labels && type.labels != nullptr) {
    auto labels = LabelsOf(column, type.charset);
    if (labels.ok() && **labels != *type.labels) return "of other labels in the log than in the known table";
  }
  return {};
}

std::string PrimaryKeyText(const std::vector<std::string>& names) {
  std::string text = "(";
  for (const std::string& name : names) text += (text.size() > 1 ? ", " : "") + name;
  return text + ")";
}

std::string KeyDifference(const TableMap& map, const Schema& schema) {
  std::vector<std::string> logged, known;
  for (const uint32_t column : map.primary_key) logged.push_back(FoldName(map.columns[column].name));
  for (const int column : schema.PrimaryKey())
    known.push_back(FoldName(schema.columns[static_cast<size_t>(column)].name));
  if (logged == known) return {};
  return "the primary key is " + PrimaryKeyText(logged) + " in the log and " + PrimaryKeyText(known) +
         " in the known table";
}

size_t UniqueKeys(const Schema& schema) {
  size_t count = 0;
  for (const Index& index : schema.indexes) count += index.unique && index.name != "PRIMARY" ? 1 : 0;
  return count;
}

}  // namespace

std::vector<int> MatchColumns(const TableMap& map, const Schema* schema, bool mariadb) {
  std::vector<int> targets;
  const size_t columns = map.columns.size();
  // Without names, columns beyond the schema are taken for hash columns only where the schema has keys for them.
  const size_t known = schema == nullptr ? columns : schema->columns.size();
  const bool extra_hashes =
      mariadb && schema != nullptr && !map.has_names && columns > known && columns - known <= UniqueKeys(*schema);
  int next = 0;
  for (size_t i = 0; i < columns; ++i) {
    const bool by_name = mariadb && map.has_names && map.columns[i].name.starts_with(kHiddenPrefix);
    const bool by_count = extra_hashes && i >= known && map.columns[i].type == WireType::kLongLong;
    targets.push_back(by_name || by_count ? -1 : next++);
  }
  return targets;
}

Result<Schema> SchemaOf(const TableMap& map, bool mariadb) {
  CHECK(map.has_names);
  Schema schema;
  schema.database = std::string(map.database);
  schema.table = std::string(map.table);
  const std::vector<int> targets = MatchColumns(map, nullptr, mariadb);
  for (size_t i = 0; i < map.columns.size(); ++i) {
    const WireColumn& wire = map.columns[i];
    if (targets[i] < 0) continue;
    if (mariadb && IsOldTemporal(wire.type)) {
      return Error(ErrorCode::kConfig, "column `" + wire.name + "` of " + schema.database + "." + schema.table +
                                           " is a time in MariaDB's old format, whose size the log does not tell; give "
                                           "the table's CREATE TABLE in the schema folder");
    }
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

std::string Difference(const TableMap& map, const Schema& schema, bool mariadb) {
  const std::vector<int> targets = MatchColumns(map, &schema, mariadb);
  size_t visible = 0;
  for (const int target : targets) visible += target >= 0 ? 1 : 0;
  if (visible != schema.columns.size()) {
    return "the log's rows have " + std::to_string(visible) + " columns, the known table has " +
           std::to_string(schema.columns.size());
  }
  for (size_t i = 0; i < map.columns.size(); ++i) {
    if (targets[i] < 0) continue;
    const WireColumn& wire = map.columns[i];
    const Column& known = schema.columns[static_cast<size_t>(targets[i])];
    if (map.has_names && !SameName(wire.name, known.name)) {
      return "column " + std::to_string(i + 1) + " is `" + wire.name + "` in the log and `" + known.name +
             "` in the known table";
    }
    if (!SameClass(wire, known.type)) {
      return "column `" + known.name + "` is " + WireText(wire) + " in the log and " + TypeText(known.type) +
             " in the known table";
    }
    const std::string fact = FactDifference(wire, known.type);
    if (!fact.empty()) return "column `" + known.name + "` is " + fact;
  }
  return map.has_names ? KeyDifference(map, schema) : std::string();
}

void NormaliseTypes(Schema* schema) {
  constexpr struct {
    std::string_view name;
    uint32_t length;
  } kTextTypes[] = {{"uuid", 36}, {"inet6", 39}, {"inet4", 15}};
  for (Column& column : schema->columns) {
    for (const auto& text : kTextTypes) {
      if (column.type.kind != TypeKind::kBinary || FoldName(column.type_text) != text.name) continue;
      column.type_text = text.name;
      column.type.kind = TypeKind::kChar;
      column.type.length = text.length;
      column.type.charset = "ascii";
      column.type.collation = "ascii_bin";
    }
  }
}

}  // namespace cdc::binlog
