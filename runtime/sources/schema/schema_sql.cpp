#include "runtime/sources/schema/schema_sql.h"

#include <string_view>

#include "stdlib/core/quoted_name.h"

namespace cdc::sources {
namespace {

std::string Text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string ColumnText(const Column& column) {
  const Type& type = column.type;
  std::string text = InBackquotes(column.name) + " " + (column.type_text.empty() ? TypeText(type) : column.type_text);
  if (!type.charset.empty() && type.kind != TypeKind::kJson) {
    text += " CHARACTER SET " + type.charset;
    if (!type.collation.empty()) text += " COLLATE " + type.collation;
  }
  // What is generated from does not matter to rows, that it is does.
  if (column.generated) text += " GENERATED ALWAYS AS (0) VIRTUAL";
  text += type.nullable ? " NULL" : " NOT NULL";
  if (column.default_text.has_value()) text += " DEFAULT " + *column.default_text;
  if (column.auto_increment) text += " AUTO_INCREMENT";
  if (column.invisible) text += " INVISIBLE";
  if (!column.comment.empty()) text += " COMMENT " + Text(column.comment);
  return text;
}

std::string IndexText(const Index& index) {
  std::string text = index.name == "PRIMARY"
                         ? "PRIMARY KEY ("
                         : (index.unique ? "UNIQUE KEY " : "KEY ") + InBackquotes(index.name) + " (";
  for (size_t i = 0; i < index.columns.size(); ++i) {
    text += (i == 0 ? "" : ",") + InBackquotes(index.columns[i]);
    if (index.prefixed) text += "(1)";
  }
  return text + (index.columns.empty() ? "(0))" : ")");
}

}  // namespace

std::string ToCreateTable(const Schema& schema) {
  std::string text = "CREATE TABLE " + InBackquotes(schema.database) + "." + InBackquotes(schema.table) + " (\n";
  bool first = true;
  const auto add = [&](const std::string& line) {
    text += (first ? "  " : ",\n  ") + line;
    first = false;
  };
  for (const Column& column : schema.columns) add(ColumnText(column));
  for (const Index& index : schema.indexes) add(IndexText(index));
  text += "\n)";
  if (!schema.charset.empty()) text += " DEFAULT CHARSET=" + schema.charset;
  if (!schema.collation.empty()) text += " COLLATE=" + schema.collation;
  return text;
}

}  // namespace cdc::sources
