#pragma once

#include <string>
#include <vector>

#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/result.h"

namespace cdc::schema_files {

// Something that a server should have before its changes are captured.
struct Missing {
  bool needed = true;  // else it is better so
  std::string what;    // "binlog_format is MIXED: changes are logged as statements"
  std::string remedy;  // SQL to run, or lines of my.cnf; may have several lines
};

// What the server and this account lack (binlog.md §1.4). Errors: as Connection::Query.
Result<std::vector<Missing>> FindMissing(mysql::Connection* sql);

}  // namespace cdc::schema_files
