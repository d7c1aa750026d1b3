#pragma once

// Finds the place in a log by the clock, as `start time` asks for it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/sources/mysql/binlog/log_cursor.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

// The files of one log, in order, for reading their events from the beginning of any of them.
class LogReader {
 public:
  virtual ~LogReader() = default;

  virtual size_t files() const = 0;
  // Goes to the beginning of a file and returns a cursor that stands there. Lifetime: until the next call.
  virtual Result<LogCursor*> Enter(size_t file) = 0;
  // The next event of that file, header to checksum; empty at its end. Lifetime: until the next call.
  virtual Result<std::string_view> Next() = 0;
};

struct FoundTime {
  // Whether the log reaches back that far: what was committed at that time and is not in it never was. False: it begins
  // later, and the place is its beginning.
  bool covered = false;
  bool at_end = false;  // nothing was committed at that time or later; no place
  size_t file = 0;
  uint64_t offset = 4;  // of the transaction's first event
};

// The first transaction in the log that was committed at `at_us` (microseconds since 1970 UTC) or later, by the times
// that the log has: MySQL's of the commit, MariaDB's of the statement, in whole seconds. What lies behind it in the log
// may be older, never what lies before it newer.
// A file's own time is that of the statement that began it, so it may be older than transactions before it, and the
// search goes back from there while a file has any of that time. Reads some files' heads, then two files as a rule.
// Errors: kCorruptInput, and the reader's.
Result<FoundTime> FindTime(LogReader* log, int64_t at_us);

}  // namespace cdc::binlog
