#include "stdlib/ddl/columns.h"

#include <algorithm>
#include <utility>

#include "stdlib/core/names.h"
#include "stdlib/ddl/charsets.h"
#include "stdlib/ddl/column_type.h"

namespace cdc::ddl {
namespace {

Index PrimaryOf(const std::string& column) { return {"PRIMARY", {column}, true, false}; }
Index UniqueOf(const std::string& column) { return {"", {column}, true, false}; }

}  // namespace

bool Reading::Has(const Node& node, std::string_view word) const {
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const Node& child) { return child.is_token && tokens_[child.first].word == word; });
}

std::string_view Reading::TextOf(const Node& node) const {
  uint32_t begin = tokens_[node.first].begin;
  return sql_.substr(begin, tokens_[node.last].end - begin);
}

std::string Reading::Ident(const Node& node, size_t n) const {
  for (const Node& child : node.children) {
    if (!child.is_token && child.rule == Rule::kIdent && n-- == 0) return Ident(child);
  }
  return "";
}

TableName Reading::Table(const Node& table_name) const {
  std::string second = Ident(table_name, 1);
  bool qualified = !second.empty();
  return {qualified ? Ident(table_name, 0) : dialect_.default_database, qualified ? second : Ident(table_name, 0)};
}

std::string Reading::CharsetName(const Node& node) const {
  const Node* name = node.Find(Rule::kCharsetName);
  if (name == nullptr) return "";
  const std::string& text = First(*name).text;
  return node.rule == Rule::kCollation ? CanonicalCollation(text) : CanonicalCharset(text);
}

Result<Reading::WrittenColumn> Reading::ReadColumn(const Node& column_def) const {
  WrittenColumn out;
  out.column.name = Ident(column_def, 0);
  WrittenType type;
  const Node* data_type = column_def.Find(Rule::kDataType);
  for (const Node& child : data_type->children) {
    if (child.is_token || child.rule == Rule::kIdent) {
      std::string word = First(child).word;
      type.words.push_back(word.empty() ? First(child).text : word);
      continue;
    }
    for (const Node& argument : child.children) {
      if (argument.is_token) continue;
      std::string text;
      for (const Node& part : argument.children) {
        bool is_string = First(part).kind == TokenKind::kString;
        type.label_arguments = type.label_arguments || is_string;
        if (is_string || First(part).kind == TokenKind::kNumber) text += First(part).text;
      }
      type.arguments.push_back(std::move(text));
    }
  }
  for (const Node& attribute : column_def.children) {
    if (attribute.is_token || attribute.rule != Rule::kAttribute) continue;
    const std::string& word = First(attribute).word;
    if (word == "UNSIGNED") type.is_unsigned = true;
    if (word == "ZEROFILL") type.zerofill = true;
    if (word == "BINARY") type.binary = true;
    if (word == "ASCII") type.charset = "latin1";
    if (word == "UNICODE") type.charset = "ucs2";
    if (word == "BYTE") type.charset = "binary";
    if (const Node* charset = attribute.Find(Rule::kCharset)) type.charset = CharsetName(*charset);
    if (const Node* collation = attribute.Find(Rule::kCollation)) type.collation = CharsetName(*collation);
  }
  if (!ReadColumnType(type, dialect_, &out.column)) {
    return Error(ErrorCode::kConfig, "cannot read the type of column `" + out.column.name + "` at " +
                                         PlaceOf(sql_, First(*data_type).begin) + ": `" +
                                         std::string(TextOf(*data_type)) + "`");
  }
  if (type.words.size() == 1 && type.words[0] == "SERIAL") out.indexes.push_back(UniqueOf(out.column.name));
  for (const Node& attribute : column_def.children) {
    if (!attribute.is_token && attribute.rule == Rule::kAttribute) RETURN_IF_ERROR(ReadAttribute(attribute, &out));
  }
  return out;
}

Status Reading::ReadAttribute(const Node& attribute, WrittenColumn* out) const {
  Column& column = out->column;
  const std::string& word = First(attribute).word;
  if (word == "NOT") column.type.nullable = false;
  if (word == "INVISIBLE") column.invisible = true;
  if (word == "AUTO_INCREMENT") column.auto_increment = true;
  if (word == "UNIQUE") out->indexes.push_back(UniqueOf(column.name));
  if (word == "PRIMARY" || word == "KEY") {
    out->indexes.push_back(PrimaryOf(column.name));
    column.type.nullable = false;
  }
  if (word == "DEFAULT" && attribute.Find(Rule::kDefaultValue) != nullptr) {
    column.default_text = std::string(TextOf(*attribute.Find(Rule::kDefaultValue)));
  }
  if (word == "SERIAL") {  // SERIAL DEFAULT VALUE, behind an integer type
    column.type.nullable = false;
    column.auto_increment = true;
    out->indexes.push_back(UniqueOf(column.name));
  }
  if (const Node* generated = attribute.Find(Rule::kGenerated)) {
    column.generated = true;
    if (Has(*generated, "ROW")) column.type.nullable = false;  // MariaDB's system versioning
  }
  if (word == "COMMENT") {
    column.comment.clear();
    for (const Node& part : attribute.children) {
      if (First(part).kind == TokenKind::kString) column.comment += First(part).text;
    }
  }
  return OkStatus();
}

Index Reading::ReadKeyParts(const Node& key_parts) const {
  Index index;
  for (const Node& part : key_parts.children) {
    if (part.is_token) continue;
    const Node* ident = part.Find(Rule::kIdent);
    bool prefix = std::any_of(part.children.begin(), part.children.end(),
                              [&](const Node& child) { return First(child).kind == TokenKind::kNumber; });
    if (ident == nullptr || prefix) index.prefixed = true;
    if (ident != nullptr) index.columns.push_back(Ident(*ident));
  }
  return index;
}

std::vector<std::string> Reading::ForeignKeyActions(const Node& key) const {
  std::vector<std::string> actions;
  if (!Has(key, "FOREIGN")) return actions;
  auto word = [&](uint32_t at) { return at <= key.last ? std::string_view(tokens_[at].word) : std::string_view(); };
  for (uint32_t at = key.first; at <= key.last; ++at) {
    const bool event = word(at) == "ON" && (word(at + 1) == "DELETE" || word(at + 1) == "UPDATE");
    if (!event) continue;
    const std::string on = "ON " + std::string(word(at + 1));
    if (word(at + 2) == "CASCADE") actions.push_back(on + " CASCADE");
    if (word(at + 2) == "SET") actions.push_back(on + " SET " + std::string(word(at + 3)));
  }
  return actions;
}

std::optional<Index> Reading::ReadKey(const Node& key) const {
  const Node* parts = key.Find(Rule::kKeyParts);
  if (parts == nullptr) return std::nullopt;
  Index index = ReadKeyParts(*parts);
  bool constraint = Has(key, "CONSTRAINT");
  std::string own_name;
  std::string constraint_name;
  bool seen_kind = !constraint;
  for (const Node& child : key.children) {
    if (child.is_token && First(child).word != "CONSTRAINT") seen_kind = true;
    if (!child.is_token && child.rule == Rule::kIdent) (seen_kind ? own_name : constraint_name) = Ident(child);
  }
  if (Has(key, "PRIMARY")) {
    index.name = "PRIMARY";
    index.unique = true;
  } else {
    index.unique = Has(key, "UNIQUE");
    index.name = own_name.empty() ? constraint_name : own_name;
  }
  return index;
}

void NameIndexes(std::vector<Index>* indexes) {
  auto taken = [&](const std::string& name) {
    return std::any_of(indexes->begin(), indexes->end(), [&](const Index& i) { return SameName(i.name, name); });
  };
  for (Index& index : *indexes) {
    if (!index.name.empty()) continue;
    std::string base = index.columns.empty() ? "functional_index" : index.columns[0];
    std::string name = base;
    bool reserved = SameName(base, "PRIMARY");
    for (int n = 2; reserved || taken(name); ++n) {
      name = base + "_" + std::to_string(n);
      reserved = false;
    }
    index.name = name;
  }
}

void FinishIndexes(Schema* schema) {
  NameIndexes(&schema->indexes);
  std::stable_partition(schema->indexes.begin(), schema->indexes.end(),
                        [](const Index& index) { return index.name == "PRIMARY"; });
  for (int i : schema->PrimaryKey()) schema->columns[static_cast<size_t>(i)].type.nullable = false;
}

}  // namespace cdc::ddl
