#include "runtime/sources/schema/schema_sql.h"

#include <string_view>

namespace cdc::sources {
namespace {

std::string Name(std::string_view name) {
  std::string out = "`";
  for (const char c : name) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + "`";
}

std::string ColumnText(const Column& column) {
  const Type& type = column.type;
  std::string text = Name(column.name) + " " + (column.type_text.empty() ? TypeText(type) : column.type_text);
  if (!type.charset.empty() && type.kind != TypeKind::kJson) {
    text += " CHARACTER SET " + type.charset;
    if (!type.collation.empty()) text += " COLLATE " + type.collation;
  }
  if (!type.nullable) text += " NOT NULL";
  if (column.invisible) text += " INVISIBLE";
  return text;
}

std::string IndexText(const Index& index) {
  std::string text = index.name == "PRIMARY" ? "PRIMARY KEY (" : "UNIQUE KEY " + Name(index.name) + " (";
  for (size_t i = 0; i < index.columns.size(); ++i) text += (i == 0 ? "" : ",") + Name(index.columns[i]);
  return text + ")";
}

}  // namespace

std::string ToCreateTable(const Schema& schema) {
  std::string text = "CREATE TABLE " + Name(schema.database) + "." + Name(schema.table) + " (\n";
  bool first = true;
  const auto add = [&](const std::string& line) {
    text += (first ? "  " : ",\n  ") + line;
    first = false;
  };
  for (const Column& column : schema.columns) add(ColumnText(column));
  // Other indexes and prefixes say nothing about keys.
  for (const Index& index : schema.indexes) {
    if (index.unique && !index.prefixed && !index.columns.empty()) add(IndexText(index));
  }
  text += "\n)";
  if (!schema.charset.empty()) text += " DEFAULT CHARSET=" + schema.charset;
  return text;
}

}  // namespace cdc::sources
