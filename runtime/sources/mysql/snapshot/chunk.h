#pragma once

// A part of a table's first load, read by key, and the window it was read in (ENGINE §5): every transaction in `low` is
// visible to the read, everything visible to it is at or before `high`.

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

// What a read has seen at the least: it was committed before the read began.
struct LowMark {
  bool by_gtid = false;
  binlog::GtidSet gtids;  // MySQL
  LogPlace place;         // MariaDB
};

struct ChunkRequest {
  std::shared_ptr<const TableVersion> table;
  std::vector<int> key;            // schema positions, in key order
  std::vector<std::string> after;  // SQL literals of the last key before the chunk; empty: from the start
  std::vector<std::string> upto;   // of the last key that may be in it; empty: the chunk ends after `rows_max` rows
  bool seek_bound = false;         // without `upto`: find the key that is `rows_max` rows away, and read up to it
  bool check_engine = false;       // nobody has looked yet whether the table's engine has transactions
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
  std::vector<std::string> upto;      // as requested, or as found
  std::vector<std::string> last_key;  // of the last row; empty if there are no rows
  bool last = false;                  // the table has no more rows
  bool cut = false;                   // it outgrew its memory: the session is in the middle of an answer, drop it
  int64_t read_at_us = 0;             // the server's time, microseconds since 1970 UTC
  std::shared_ptr<const LowMark> low;
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

// The key that is `rows_max` rows behind `after`, as SQL literals: nothing if there are fewer rows. `read` takes the
// refusal of a table that cannot be read like this. Errors: as Connection.
Result<std::vector<std::string>> FindBound(mysql::Connection* sql, const mysql::ServerFacts& facts,
                                           const ChunkRequest& request, ChunkRead* read);

// Takes the low mark and reads, in one transaction; TakeHigh() has to follow where there is a chunk.
// Errors: as Connection.
Result<ChunkRead> ReadChunk(mysql::Connection* sql, const mysql::ServerFacts& facts, const ChunkRequest& request);

// Ends the read's transaction and takes the high mark. Any session of the same server will do.
Status TakeHigh(mysql::Connection* sql, const mysql::ServerFacts& facts, Chunk* chunk);

// Prepares a session for ReadChunk.
Status SetUpReader(mysql::Connection* sql);

// The SELECTs of a request, of its rows and of its bound, for tests.
Result<std::string> ChunkSql(const ChunkRequest& request);
Result<std::string> BoundSql(const ChunkRequest& request);

}  // namespace cdc::sources
