#include "runtime/sources/mysql/client/tables.h"

#include <cstdlib>
#include <utility>

#include "stdlib/core/names.h"

namespace cdc::mysql {

Result<std::vector<ServerTable>> ListTables(Connection* sql, const ServerFacts& facts) {
  const auto name = [&](const TextRow& row, size_t column) {
    const std::string text = row.at(column).value_or("");
    return facts.lower_case_names ? FoldName(text) : text;
  };
  ASSIGN_OR_RETURN(
      const TextResult result,
      sql->Query("SELECT TABLE_SCHEMA, TABLE_NAME, COALESCE(TABLE_ROWS, 0), ENGINE FROM information_schema.TABLES "
                 "WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') "
                 "AND TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema') "
                 "ORDER BY BINARY TABLE_SCHEMA, BINARY TABLE_NAME"));
  std::vector<ServerTable> tables;
  for (const TextRow& row : result.rows) {
    tables.push_back({name(row, 0), name(row, 1), row.at(3).value_or(""),
                      std::strtoull(row.at(2).value_or("0").c_str(), nullptr, 10)});
  }
  return tables;
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
