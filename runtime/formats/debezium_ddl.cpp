#include "runtime/formats/debezium_ddl.h"

#include <algorithm>
#include <cctype>

#include "runtime/formats/json_writer.h"

namespace cdc::formats {
namespace {

std::string Text(const std::string& text) { return Quoted(text, HexCase::kUpper); }
std::string TextOrNull(const std::string& text) { return text.empty() ? "null" : Text(text); }

int JdbcType(TypeKind kind) {
  switch (kind) {
    case TypeKind::kTinyInt:
    case TypeKind::kSmallInt:
      return 5;
    case TypeKind::kMediumInt:
    case TypeKind::kInt:
    case TypeKind::kYear:
      return 4;
    case TypeKind::kBigInt:
      return -5;
    case TypeKind::kDecimal:
      return 3;
    case TypeKind::kFloat:
      return 6;
    case TypeKind::kDouble:
      return 8;
    case TypeKind::kBit:
      return -7;
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return 1;
    case TypeKind::kVarchar:
    case TypeKind::kTinyText:
    case TypeKind::kText:
    case TypeKind::kMediumText:
    case TypeKind::kLongText:
      return 12;
    case TypeKind::kBinary:
      return -2;
    case TypeKind::kVarbinary:
      return -3;
    case TypeKind::kTinyBlob:
    case TypeKind::kBlob:
    case TypeKind::kMediumBlob:
    case TypeKind::kLongBlob:
      return 2004;
    case TypeKind::kDate:
      return 91;
    case TypeKind::kTime:
      return 92;
    case TypeKind::kDatetime:
      return 93;
    case TypeKind::kTimestamp:
      return 2014;
    default:
      return 1111;  // OTHER
  }
}

// `BIGINT UNSIGNED` of `bigint(20) unsigned`, `ENUM` of `enum('a')`.
std::string TypeName(const Type& type) {
  std::string name;
  int depth = 0;
  for (const char c : TypeText(type)) {
    if (c == '(') ++depth;
    if (depth == 0) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (c == ')') --depth;
  }
  return name;
}

std::string LengthOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kDecimal:
      return std::to_string(type.precision);
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
    case TypeKind::kVarbinary:
    case TypeKind::kBit:
    case TypeKind::kVector:
      return std::to_string(type.length);
    case TypeKind::kEnum:
      return "1";
    case TypeKind::kSet:
      return std::to_string(type.labels == nullptr ? 0 : 2 * type.labels->size() - 1);
    case TypeKind::kTime:
    case TypeKind::kDatetime:
    case TypeKind::kTimestamp:
      return type.scale == 0 ? "null" : std::to_string(type.scale);
    default:
      return "null";
  }
}

std::string EnumValues(const Type& type) {
  if ((type.kind != TypeKind::kEnum && type.kind != TypeKind::kSet) || type.labels == nullptr) return "null";
  std::string json;
  for (const std::string& label : *type.labels) {
    std::string sql = "'";
    for (const char c : label) sql += c == '\'' ? std::string("''") : std::string(1, c);
    json += (json.empty() ? "[" : ",") + Text(sql + "'");
  }
  return json.empty() ? "[]" : json + "]";
}

std::string ColumnJson(const Column& column, size_t position) {
  const Type& type = column.type;
  const std::string name = TypeName(type);
  const auto flag = [](bool value) { return value ? "true" : "false"; };
  std::string json = "{\"name\":" + Text(column.name) + ",\"jdbcType\":" + std::to_string(JdbcType(type.kind));
  json += ",\"nativeType\":null,\"typeName\":" + Text(name) + ",\"typeExpression\":" + Text(name);
  json += ",\"charsetName\":" + TextOrNull(type.charset) + ",\"length\":" + LengthOf(type);
  json += ",\"scale\":" + (type.kind == TypeKind::kDecimal ? std::to_string(type.scale) : "null");
  json += ",\"position\":" + std::to_string(position) + ",\"optional\":" + flag(type.nullable);
  json += std::string(",\"autoIncremented\":") + flag(column.auto_increment);
  json += std::string(",\"generated\":") + flag(column.generated) + ",\"comment\":" + TextOrNull(column.comment);
  json += ",\"defaultValueExpression\":" + (column.default_text ? Text(*column.default_text) : "null");
  return json + ",\"enumValues\":" + EnumValues(type) + "}";
}

std::string TableJson(const Schema& schema) {
  std::string keys, columns;
  for (const int index : schema.PrimaryKey()) {
    keys += (keys.empty() ? "" : ",") + Text(schema.columns[static_cast<size_t>(index)].name);
  }
  for (size_t i = 0; i < schema.columns.size(); ++i) {
    columns += (i == 0 ? "" : ",") + ColumnJson(schema.columns[i], i + 1);
  }
  return "{\"defaultCharsetName\":" + TextOrNull(schema.charset) + ",\"primaryKeyColumnNames\":[" + keys +
         "],\"columns\":[" + columns + "],\"comment\":null}";
}

std::string TableId(const TableVersion& table) { return "\"" + table.database + "\".\"" + table.table + "\""; }

}  // namespace

std::string TableChangesJson(const DdlEvent& ddl) {
  if (ddl.before == nullptr && ddl.after == nullptr) return "[]";
  const char* type = ddl.before == nullptr ? "CREATE" : ddl.after == nullptr ? "DROP" : "ALTER";
  const TableVersion& table = ddl.after == nullptr ? *ddl.before : *ddl.after;
  std::string id = TableId(table);
  if (ddl.before != nullptr && ddl.after != nullptr && TableId(*ddl.before) != id) id = TableId(*ddl.before) + "," + id;
  return std::string("[{\"type\":\"") + type + "\",\"id\":" + Text(id) +
         ",\"table\":" + (ddl.after == nullptr ? "null" : TableJson(table.schema)) + "}]";
}

}  // namespace cdc::formats
