#pragma once

// Asks a server for its log, from a position on (binlog.md §1.5–§1.6).

#include <cstdint>

#include "runtime/record/position.h"
#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/server.h"

namespace cdc::mysql {

struct DumpOptions {
  uint32_t server_id = 0;
  int64_t heartbeat_ms = 10'000;
  bool until_end = false;  // by file only: the stream ends where the log ends
};

// Sets the session up and sends the dump command; events come by Connection::ReadPacket from then on.
// With GTIDs the position's set says where to begin, else file and offset. A position inside a group always begins at
// the start of that group, by file and offset where the server is the same. Errors: as Connection; kCorruptInput, the
// GTID set cannot be read.
Status StartDump(Connection* connection, const ServerFacts& facts, const Position& from, const DumpOptions& options);

}  // namespace cdc::mysql
