#include "runtime/sources/mysql/client/tables.h"

#include <cstdlib>
#include <optional>
#include <utility>

#include "stdlib/core/names.h"

namespace cdc::mysql {
namespace {

std::string NameOf(const std::optional<std::string>& cell, const ServerFacts& facts) {
  const std::string text = cell.value_or("");
  return facts.lower_case_names ? FoldName(text) : text;
}

}  // namespace

Result<std::vector<ServerTable>> ListTables(Connection* sql, const ServerFacts& facts) {
  ASSIGN_OR_RETURN(
      const TextResult result,
      sql->Query(
          "SELECT TABLE_SCHEMA, TABLE_NAME, COALESCE(TABLE_ROWS, 0), ENGINE, TABLE_TYPE FROM information_schema.TABLES "
          "WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED', 'SEQUENCE') "
          "AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema') "
          "ORDER BY BINARY TABLE_SCHEMA, BINARY TABLE_NAME"));
  std::vector<ServerTable> tables;
  for (const TextRow& row : result.rows) {
    tables.push_back({NameOf(row.at(0), facts), NameOf(row.at(1), facts), row.at(3).value_or(""),
                      std::strtoull(row.at(2).value_or("0").c_str(), nullptr, 10),
                      row.at(4).value_or("") == "SEQUENCE"});
  }
  return tables;
}

Result<std::vector<ServerDatabase>> ListDatabases(Connection* sql, const ServerFacts& facts) {
  ASSIGN_OR_RETURN(
      const TextResult result,
      sql->Query(
          "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA "
          "WHERE SCHEMA_NAME NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') "
          "ORDER BY BINARY SCHEMA_NAME"));
  std::vector<ServerDatabase> databases;
  for (const TextRow& row : result.rows) {
    databases.push_back({NameOf(row.at(0), facts), row.at(1).value_or(""), row.at(2).value_or("")});
  }
  return databases;
}

Result<Schema> ReadSchema(Connection* sql, const ServerFacts& facts, const std::string& database,
                          const std::string& table) {
  ASSIGN_OR_RETURN(const TextResult result,
                   sql->Query("SHOW CREATE TABLE " + QuoteName(database) + "." + QuoteName(table)));
  const auto text = result.First("Create Table");
  if (!text.has_value()) return Error(ErrorCode::kConfig, database + "." + table + " is no table that can be captured");
  ddl::Dialect dialect = DialectOf(facts);
  dialect.default_database = database;
  auto schema = ddl::ParseCreateTable(*text, dialect);
  if (!schema.ok()) return std::move(schema).error().While("reading the definition of " + database + "." + table);
  schema->database = database;
  schema->table = table;
  return std::move(schema).value();
}

ddl::Dialect DialectOf(const ServerFacts& facts) {
  ddl::Dialect dialect;
  dialect.mariadb = facts.mariadb;
  dialect.server_version = facts.version;
  dialect.default_charset = facts.character_set;
  dialect.default_collation = facts.collation;
  return dialect;
}

}  // namespace cdc::mysql
