#pragma once

// What is known of the group being read.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"

namespace cdc::binlog {

// How rows of the open group are treated (stream_decoder.h, "Groups").
enum class GroupMode : uint8_t {
  kHold,    // kept until the commit
  kScan,    // too large to keep: only read to its end
  kStream,  // read again, known to commit: handed out as they come
};

// Ordinals of row events.
struct OrdinalRange {
  uint64_t begin = 0;
  uint64_t end = 0;  // exclusive
};

struct Savepoint {
  std::string name;
  uint64_t row_events = 0;
  std::optional<uint64_t> last_captured;
};

struct OpenGroup {
  bool open = false;
  bool begun = false;       // more than one statement: ends with a commit event
  bool alter_half = false;  // half of a two-phase ALTER that changes nothing
  GroupMode mode = GroupMode::kHold;
  uint64_t start = 0;        // offset in the log file
  MySqlGtid mysql_gtid;      // number 0: none
  MariaDbGtid mariadb_gtid;  // sequence 0: none
  int64_t commit_time_us = 0;
  uint32_t server_id = 0;
  uint64_t thread_id = 0;
  uint64_t row_events = 0;
  std::optional<uint64_t> last_captured;  // ordinal of the last rows event of a captured table
  std::vector<Savepoint> savepoints;
  std::vector<OrdinalRange> undone;  // rolled back to a savepoint

  std::string gtid_text() const {
    if (mysql_gtid.number != 0) return ToText(mysql_gtid);
    if (mariadb_gtid.sequence != 0) return ToText(mariadb_gtid);
    return {};
  }
  bool Undone(uint64_t row_event) const {
    for (const OrdinalRange& range : undone) {
      if (row_event >= range.begin && row_event < range.end) return true;
    }
    return false;
  }
};

// What the first reading of an oversized group found.
struct ScannedGroup {
  std::string file;
  uint64_t start = 0;
  std::string gtid;
  uint64_t last_captured = 0;
  std::vector<OrdinalRange> undone;
  std::map<uint64_t, DdlOutcome> ddl;  // by ordinal: a statement is handled once
};

}  // namespace cdc::binlog
