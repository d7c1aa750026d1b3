#pragma once

// QUERY events: what they hold, and what kind of statement that is.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::binlog {

struct Query {
  uint32_t thread_id = 0;
  uint16_t error_code = 0;
  std::string_view database;
  std::string_view text;  // in the client's charset
  uint64_t sql_mode = 0;
  uint32_t client_collation = 0;  // 0: not logged
  uint32_t connection_collation = 0;
  uint32_t server_collation = 0;
};

// Reads the body of a QUERY event. Lifetime: views point into `body`. Errors: kCorruptInput.
Result<Query> ParseQuery(std::string_view body);

enum class StatementClass {
  kBegin,
  kCommit,
  kRollback,
  kSavepoint,
  kRollbackTo,
  kXaBegin,
  kXaEnd,
  kXaDecide,  // control
  kTableDdl,  // may change a table, index or database
  kChange,    // rows changed by the statement itself: they are not in the log
  kOther,     // nothing a table's rows would show
};

struct StatementInfo {
  StatementClass kind = StatementClass::kOther;
  size_t begin = 0;       // where the statement itself begins: behind MariaDB's `SET STATEMENT … FOR`
  std::string savepoint;  // kSavepoint, kRollbackTo
  // kChange: the tables it may change, (database or empty, table). Empty: they cannot be told.
  std::vector<std::pair<std::string, std::string>> targets;
};

struct Server {
  bool mariadb = false;
  int version = 0;  // 90704, 101119
};

// Looks at the first words behind comments; conditional comments count where `server` would run them.
StatementInfo Classify(std::string_view text, const Server& server, bool ansi_quotes);

}  // namespace cdc::binlog
