#pragma once

// MySQL's and MariaDB's DDL text as values: for schema snapshots (`SHOW CREATE TABLE` files) and for
// statements in a log. A sequence of MariaDB is a table of eight columns, as its log has it. What does not matter to
// rows (index options, engines, partitions' bounds) is skipped, never refused.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::ddl {

// What a text means depends on the server that wrote it.
struct Dialect {
  bool mariadb = false;
  int server_version = 90704;               // 9.7.4; MariaDB 10.11.19 is 101119
  bool ansi_quotes = false;                 // sql_mode of the statement: "x" is a name
  bool no_backslash_escapes = false;        // sql_mode of the statement: \ is a character
  bool types_as_written = false;            // type texts are kept; else they become what the server would print
  std::string default_database;             // of names without one
  std::string default_charset = "utf8mb4";  // of databases and tables that name none
  std::string default_collation;            // empty: the charset's own on this server
};

struct TableName {
  std::string database;
  std::string table;
  bool operator==(const TableName&) const = default;
};

enum class PartKind {
  kAddColumn,          // definition, place; indexes from `PRIMARY KEY`, `UNIQUE` behind the column
  kDropColumn,         // name
  kModifyColumn,       // name, definition (with the new name), place; MODIFY and CHANGE under the same name
  kRenameColumn,       // name, new_name; definition and place if it was CHANGE
  kColumnDefault,      // name, default_text: ALTER COLUMN … SET/DROP DEFAULT, SET VISIBLE/INVISIBLE
  kAddIndex,           // indexes[0]; the primary key too
  kDropIndex,          // name (`PRIMARY` for the primary key)
  kRenameIndex,        // name, new_name
  kRenameTable,        // new_table
  kConvertCharset,     // charset, collation: every character column changes
  kDefaultCharset,     // charset, collation: of columns to come
  kTruncatePartition,  // rows vanish without row events
  kExchangePartition,  // new_table gives its rows and takes others; without row events, as the next two
  kPartitionToTable,   // new_table begins with rows of this one
  kTableToPartition,   // new_table ends, its rows go on here
  kOther,              // nothing that a row shows: engine, comment, checks, foreign keys, …
};

struct Place {
  enum class Where { kSame, kFirst, kAfter };  // kSame: where it is; at the end for a new one
  Where where = Where::kSame;
  std::string column;
};

// One action of an ALTER TABLE, in the order written.
struct Part {
  PartKind kind = PartKind::kOther;
  // For `on` rules, most specific first: {"add column", "alter table", "ddl"}.
  std::vector<std::string> labels;
  std::string name;
  std::string new_name;
  std::optional<Column> definition;  // charset empty: the table's, filled in by Apply
  std::vector<Index> indexes;        // kAddIndex: one; kAddColumn, kModifyColumn: those declared with the column
  Place place;
  std::optional<std::string> default_text;
  std::optional<bool> invisible;
  std::vector<std::string> foreign_key_actions;  // kOther: "ON DELETE CASCADE"
  TableName new_table;  // kRenameTable: the new name; k…Partition, kPartitionToTable: the other table
  std::string charset;
  std::string collation;
  bool if_exists = false;
  bool if_not_exists = false;
};

enum class ChangeKind { kCreateTable, kDropTable, kAlterTable, kRenameTable, kTruncateTable, kCreateIndex, kDropIndex };

// What a statement does to one table.
struct SchemaChange {
  ChangeKind kind = ChangeKind::kAlterTable;
  TableName table;
  std::vector<Part> parts;        // kAlterTable, kRenameTable (one), kCreateIndex (one), kDropIndex (one)
  std::optional<Schema> created;  // kCreateTable with columns
  std::optional<TableName> like;  // CREATE TABLE … LIKE: the caller copies that table's schema
  bool from_select = false;       // CREATE TABLE … SELECT, or no columns at all: `created` may lack columns
  bool if_exists = false;
  bool if_not_exists = false;
  bool or_replace = false;
  // One label list per part, as in Part::labels; at least one: {"create table", "ddl"}.
  std::vector<std::vector<std::string>> labels;
};

enum class StatementKind {
  kCreateTable,
  kDropTable,
  kAlterTable,
  kRenameTable,
  kTruncateTable,
  kCreateIndex,
  kDropIndex,
  kCreateDatabase,
  kDropDatabase,
  kAlterDatabase,
  kOther,  // views, routines, users, DML, transaction control: no table's rows look different
};

struct Statement {
  StatementKind kind = StatementKind::kOther;
  bool temporary = false;             // temporary tables are not captured
  std::vector<SchemaChange> changes;  // one per table, in order; empty for kOther and databases
  std::string database;               // k…Database: its name; else the first table's database
  bool if_not_exists = false;         // kCreateDatabase
  std::string charset;                // kCreateDatabase, kAlterDatabase: if named
  std::string collation;
  std::vector<std::string> labels;  // of database statements: {"create database", "ddl"}; kOther: {"ddl"}
};

// Reads one statement, with or without its `;`. Server comments (`/*!80016 … */`, `/*M! … */`) count where
// the dialect's server would run them. Errors: kConfig, the text is a table, index or database statement and
// cannot be understood; the message has line, column and the text there. A statement of any other kind is
// kOther, however it goes on.
Result<Statement> ParseDdl(std::string_view sql, const Dialect& dialect);

// Reads what SHOW CREATE TABLE printed; leading comments are skipped. The schema has its columns' types
// complete: charset and collation from column, table or dialect; NOT NULL from the column or the primary key.
// MariaDB's uuid, inet6 and inet4 are kBinary of 16, 16 and 4 bytes with their own type_text; its json is
// longtext. Errors: kConfig, with line and column.
Result<Schema> ParseCreateTable(std::string_view sql, const Dialect& dialect);

// Changes `schema` as the server changed its table: kAlterTable, kRenameTable, kCreateIndex, kDropIndex.
// Other kinds leave it alone. Either all parts apply or none. Errors: kConfig, a column that the statement
// names is not there, or is there already (and no IF [NOT] EXISTS): the schema was not the one the statement
// ran on. An index that is not there is no error: foreign keys have some that no statement names.
Status Apply(const SchemaChange& change, const Dialect& dialect, Schema* schema);

// Canal's name for a statement: CREATE, ALTER, ERASE, TRUNCATE, RENAME, CINDEX, DINDEX, QUERY.
std::string_view CanalType(StatementKind kind, const std::vector<std::vector<std::string>>& parts = {});

// A charset's own collation on this server; `utf8` is utf8mb3. Empty for an unknown charset.
std::string DefaultCollation(std::string_view charset, const Dialect& dialect);
// `latin1` of `latin1_bin`; empty if the name has none.
std::string CharsetOfCollation(std::string_view collation);

}  // namespace cdc::ddl
