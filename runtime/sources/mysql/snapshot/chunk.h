#pragma once

// A part of a table's first load, read by key, and the window it was read in (ENGINE §5): every transaction at or
// before `low` is visible to the read, everything visible to it is at or before `high`.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/server.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/result.h"

namespace cdc::sources {

struct LogPlace {
  std::string file;
  uint64_t offset = 0;
};

struct ChunkRequest {
  std::shared_ptr<const TableVersion> table;
  std::vector<int> key;            // schema positions, in key order
  std::vector<std::string> after;  // bound: SQL literals of the last key read before; empty: from the start
  uint64_t rows_max = 0;
  uint64_t bytes_max = 0;  // a chunk of this size ends with the row that reached it
  // The place of the stream from which on touched keys of this table are remembered. Nothing is read before the low
  // mark contains it.
  Position remembered_from;
};

struct Chunk {
  std::shared_ptr<const TableVersion> table;
  Arena arena;                        // holds the values
  std::vector<const Value*> rows;     // one array of all schema columns per row
  std::vector<std::string> last_key;  // bound for the next chunk; empty if there are no rows
  bool last = false;                  // the table has no more rows
  bool cut = false;                   // it outgrew its memory: the session is in the middle of an answer, drop it
  int64_t read_at_us = 0;             // the server's time, microseconds since 1970 UTC
  binlog::GtidSet low_gtids;          // MySQL
  LogPlace low;                       // MariaDB
  LogPlace high;
};

// What became of a read. Neither chunk nor refusal: the low mark does not contain `remembered_from` yet, ask again.
struct ChunkRead {
  std::shared_ptr<Chunk> chunk;
  // The table cannot be read like this, and where the log ended then: the stream may not have met the DDL that is the
  // reason.
  std::optional<Error> refused;
  LogPlace refused_at;
};

// Takes the low mark and reads, in one transaction; TakeHigh() has to follow where there is a chunk.
// Errors: as Connection.
Result<ChunkRead> ReadChunk(mysql::Connection* sql, const mysql::ServerFacts& facts, const ChunkRequest& request);

// Ends the read's transaction and takes the high mark. Any session of the same server will do.
Status TakeHigh(mysql::Connection* sql, const mysql::ServerFacts& facts, Chunk* chunk);

// Prepares a session for ReadChunk.
Status SetUpReader(mysql::Connection* sql);

// The SELECT of a request, for tests.
Result<std::string> ChunkSql(const ChunkRequest& request);

}  // namespace cdc::sources
