#pragma once

// The events that begin a group: MySQL's GTID, ANONYMOUS_GTID and GTID_TAGGED, MariaDB's GTID.

#include <cstdint>
#include <string_view>

#include "runtime/sources/mysql/binlog/event.h"
#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

struct MySqlGroupStart {
  MySqlGtid gtid;              // number 0: anonymous
  int64_t commit_time_us = 0;  // at this server; 0 before MySQL 8.0
};

// Reads the body of types 33, 34 and 42. Errors: kCorruptInput.
Result<MySqlGroupStart> ParseMySqlGroupStart(EventType type, std::string_view body);

struct MariaDbGroupStart {
  MariaDbGtid gtid;
  bool standalone = false;   // one statement, no commit event
  bool alter_began = false;  // first half of a two-phase ALTER
  bool alter_undone = false;
  uint32_t thread_id = 0;  // 0: not logged
};

// Errors: kCorruptInput.
Result<MariaDbGroupStart> ParseMariaDbGroupStart(const EventHeader& header, std::string_view body);

}  // namespace cdc::binlog
