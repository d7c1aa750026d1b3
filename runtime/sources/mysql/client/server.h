#pragma once

// What a source has to know about its server before it reads: who it is, whether its log can be used, where it ends.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/record/position.h"
#include "runtime/sources/mysql/client/connection.h"
#include "stdlib/core/result.h"

namespace cdc::mysql {

struct ServerFacts {
  bool mariadb = false;
  int version = 0;
  std::string version_text;
  std::string identity;           // server_uuid; MariaDB: server_id
  bool gtid = false;              // MySQL: gtid_mode is ON; MariaDB: always
  bool full_metadata = false;     // binlog_row_metadata = FULL
  bool lower_case_names = false;  // lower_case_table_names is not 0: databases and tables are compared in lower case
  std::string character_set;      // of the server, for tables that name none
  std::string collation;
  int64_t log_retention_s = 0;  // 0: unknown or for ever
};

// Reads the facts, whatever they are. Errors: as Connection::Query.
Result<ServerFacts> DescribeServer(Connection* sql);

// Reads the facts and checks that row changes can be captured (binlog.md §1.4).
// Errors: kConfig, naming the variable, its value and the one it needs; as Connection::Query.
Result<ServerFacts> ReadServerFacts(Connection* sql);

// Checks that a reader may go from this server to a replica and back: it has GTIDs, and logs what it replicates.
// Errors: as ReadServerFacts.
Status CheckCanFailOver(Connection* sql, const ServerFacts& facts);

// The name a server keeps for life: server_uuid; MariaDB: server_id.
Result<std::string> ReadIdentity(Connection* sql);

// Another connection to `address` leads to the same server. Errors: kSourceLost, naming both.
Status CheckIdentity(Connection* sql, const ServerFacts& facts, const std::string& address);

// The GTID position of MariaDB at a place in its log; nothing if there is no such place.
Result<std::optional<std::string>> MariaDbGtidPosition(Connection* sql, const std::string& file, uint64_t offset);

// The end of the log now, with its GTID set where there is one.
Result<Position> CurrentPosition(Connection* sql, const ServerFacts& facts);
// The names of the logs that the server still has, in order.
Result<std::vector<std::string>> LogFiles(Connection* sql);
// The start of the oldest log that the server still has.
Result<Position> EarliestPosition(Connection* sql, const ServerFacts& facts);

// Gives a position that was saved while MySQL ran without GTIDs those of its place, once the server has them.
// Errors: kPositionLost, the place is not in the server's log.
Status FindGtids(Connection* sql, const ServerFacts& facts, Position* saved);

// MariaDB's identity is a number that people choose, and a rebuilt server may have that of the one before: where the
// place of `saved` has other transactions behind it in the log of the server that it names, it is left out, and its
// GTIDs say where to go on. Errors: kPositionLost, a place inside a transaction; as Connection::Query.
Status DropForeignPlace(Connection* sql, const ServerFacts& facts, Position* saved);

// Whether the server can go on from `saved`: the same server or GTIDs, nothing purged, nothing it does not know. Waits
// some seconds for a replica that is behind. Errors: kPositionLost, with what we have, what it has, what it purged, and
// the missing set; kSourceLost, it is behind and comes nearer.
Status CheckPosition(Connection* sql, const ServerFacts& facts, const Position& saved);

}  // namespace cdc::mysql
