#pragma once

// What a schema snapshot (LANGUAGE §7) is made of, read from a live server.

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/result.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::schema_files {

// Database and table; in order of bytes.
using TableName = std::pair<std::string, std::string>;

struct ServerSchema {
  std::string server;                       // `MariaDB 10.11.19`
  std::string facts;                        // `_server.json`: a JSON object, without `pulled`
  std::map<TableName, std::string> tables;  // what StableText() makes of SHOW CREATE TABLE
  ddl::Dialect dialect;                     // of the texts
};

// Every fact that `_server.json` can have of a server, but `pulled`.
const std::vector<std::string>& FactNames();

// Whether a table belongs into the snapshot. Threads: one.
using Wants = std::function<bool(const std::string& database, const std::string& table)>;

// Reads the server's facts and the definitions of its base tables that are wanted, over a few connections at a time.
// A table that is dropped meanwhile is left out.
// Errors: kSourceLost, kCredentials, kConfig (rights), naming the table.
Result<ServerSchema> ReadServerSchema(const mysql::ConnectOptions& connect, const Wants& wants);

// SHOW CREATE TABLE without what changes while nobody alters the table: the counter of AUTO_INCREMENT, and the clause
// of partitions, which come and go. Ends with a line end.
std::string StableText(std::string_view show_create_table);

}  // namespace cdc::schema_files
