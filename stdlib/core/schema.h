#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/type.h"

namespace cdc {

struct Column {
  std::string name;  // UTF-8, as the server spells it
  Type type;
  std::string type_text;                    // as SHOW CREATE TABLE prints it; empty if unknown
  std::optional<std::string> default_text;  // the text after DEFAULT, unparsed
  bool auto_increment = false;
  bool generated = false;
  bool invisible = false;
  std::string comment;
};

struct Index {
  std::string name;                  // `PRIMARY` for the primary key
  std::vector<std::string> columns;  // in key order
  bool unique = false;
  bool prefixed = false;  // covers only a prefix of some column, or an expression
};

// One table at one moment. Column names compare case-insensitively.
struct Schema {
  std::string database;
  std::string table;
  std::vector<Column> columns;
  std::vector<Index> indexes;  // primary first, then in order of declaration
  std::string charset;         // table default
  std::string collation;       // table default; empty if unknown
  // What its foreign keys make the server do to its rows, "ON DELETE CASCADE"; only in what CREATE TABLE says.
  std::vector<std::string> foreign_key_actions;

  // Position of a column, or -1.
  int Find(std::string_view name) const;
  // Columns of the primary key in key order; empty if there is none.
  std::vector<int> PrimaryKey() const;
  // LANGUAGE §2.1 "Default key": primary key, else the first unique key without nullable columns, else empty.
  std::vector<int> DefaultKey() const;
};

}  // namespace cdc
