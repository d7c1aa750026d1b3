#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/server.h"
#include "stdlib/core/schema.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::mysql {

struct ServerTable {
  std::string database;
  std::string table;
  std::string engine;
  uint64_t rows_estimate = 0;
  bool sequence = false;  // of MariaDB
};

// Base tables and sequences (no views, no temporary tables) in order of name, those of the system databases too; by the
// names that their rows have in the log.
Result<std::vector<ServerTable>> ListTables(Connection* sql, const ServerFacts& facts);

struct ServerDatabase {
  std::string name;
  std::string charset;    // of tables that name none
  std::string collation;  // of that charset
  bool operator==(const ServerDatabase&) const = default;
};

// All databases but the server's own.
Result<std::vector<ServerDatabase>> ListDatabases(Connection* sql, const ServerFacts& facts);

// The table as SHOW CREATE TABLE describes it now.
// Errors: kConfig, a text that cannot be read, with the table's name; as Connection::Query.
Result<Schema> ReadSchema(Connection* sql, const ServerFacts& facts, const std::string& database,
                          const std::string& table);

// How this server's DDL texts are to be read.
ddl::Dialect DialectOf(const ServerFacts& facts);

}  // namespace cdc::mysql
