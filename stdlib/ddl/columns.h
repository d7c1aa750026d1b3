#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"
#include "stdlib/ddl/ddl.h"
#include "stdlib/ddl/tree.h"

namespace cdc::ddl {

// One statement's tree with its tokens: reads names, columns and keys out of it.
class Reading {
 public:
  Reading(std::string_view sql, const std::vector<Token>& tokens, const Dialect& dialect)
      : sql_(sql), tokens_(tokens), dialect_(dialect) {}

  const Dialect& dialect() const { return dialect_; }
  const Token& First(const Node& node) const { return tokens_[node.first]; }
  // Whether a child token of the node is this keyword (upper case).
  bool Has(const Node& node, std::string_view word) const;
  std::string_view TextOf(const Node& node) const;

  std::string Ident(const Node& ident) const { return First(ident).text; }
  // The n-th `ident` among the node's children.
  std::string Ident(const Node& node, size_t n) const;
  TableName Table(const Node& table_name) const;
  // Canonical name after CHARSET or COLLATE; empty for DEFAULT.
  std::string CharsetName(const Node& charset_or_collation) const;

  struct WrittenColumn {
    Column column;
    std::vector<Index> indexes;  // PRIMARY KEY, UNIQUE behind the column
  };
  // Errors: kConfig, an unknown type.
  Result<WrittenColumn> ReadColumn(const Node& column_def) const;
  // What a foreign key makes the server do to rows of its own table: "ON DELETE CASCADE", "ON UPDATE SET NULL". None of
  // another key.
  std::vector<std::string> ForeignKeyActions(const Node& key) const;
  // Nothing for foreign keys and checks.
  std::optional<Index> ReadKey(const Node& key) const;
  Index ReadKeyParts(const Node& key_parts) const;

 private:
  Status ReadAttribute(const Node& attribute, WrittenColumn* out) const;

  std::string_view sql_;
  const std::vector<Token>& tokens_;
  const Dialect& dialect_;
};

// Gives indexes without a name the one the server gives: the first column's, made unique with _2, _3, …
void NameIndexes(std::vector<Index>* indexes);
// Primary first; columns of the primary key are NOT NULL.
void FinishIndexes(Schema* schema);

}  // namespace cdc::ddl
