#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stdlib/core/result.h"

namespace cdc {

enum class Flavour : uint8_t { kMySql, kMariaDb, kFiles };

// The end of a complete transaction in one source's log (ENGINE §2). The ordinals are 0 except inside a group too
// large for one Kafka transaction.
struct Position {
  Flavour flavour = Flavour::kMySql;
  std::string server;          // server_uuid (MySQL), server_id (MariaDB), empty for files
  std::string file;            // binlog file name
  uint64_t offset = 4;         // bytes, not wrapped at 2^32
  std::string gtid_set;        // MySQL: executed set; MariaDB: one GTID per domain; empty without GTID
  uint64_t row_event = 0;      // row events of the open group already delivered, counting all tables
  uint64_t row = 0;            // rows of the next row event already delivered
  int64_t commit_time_us = 0;  // of the last transaction in it, microseconds since 1970 UTC

  bool empty() const { return file.empty() && gtid_set.empty(); }
  bool inside_group() const { return row_event != 0 || row != 0; }
};

// Whether offset `a_offset` of log `a_file` lies at or behind `b`: by the number at the end of the names, then by
// offset.
bool AtOrBehind(const std::string& a_file, uint64_t a_offset, const std::string& b_file, uint64_t b_offset);

// "binlog.000007:4711" plus the GTID set when there is one.
std::string ToText(const Position& position);
// One-line JSON for the state store, and back. Errors: kCorruptInput.
std::string ToJson(const Position& position);
Result<Position> PositionFromJson(std::string_view text);

}  // namespace cdc
