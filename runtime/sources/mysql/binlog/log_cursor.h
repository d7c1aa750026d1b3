#pragma once

// Where in the log the newest event ends, and whether events carry checksums.

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/sources/mysql/binlog/event.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

class LogCursor {
 public:
  // `physical`: events come from a file, so offsets are counted; else log_pos is believed, widened past 4 GiB.
  LogCursor(bool physical, bool declared_checksum) : physical_(physical), declared_checksum_(declared_checksum) {}

  void GoTo(std::string file, uint64_t offset) {
    file_ = std::move(file);
    offset_ = offset;
  }
  // A new connection: the first event is a ROTATE made up by the server.
  void ForgetFormat() { format_known_ = false; }
  bool format_known() const { return format_known_; }

  const std::string& file() const { return file_; }
  uint64_t offset() const { return offset_; }  // end of the newest event
  bool mariadb() const { return mariadb_; }
  int server_version() const { return server_version_; }

  // Checks size and checksum; the body without either. Errors: kCorruptInput.
  Result<std::string_view> Open(std::string_view event, const EventHeader& header, bool verify);
  // Takes a FORMAT_DESCRIPTION's facts. `body` is from Open. Errors: kCorruptInput, kConfig (too old).
  Status ReadFormat(std::string_view body);
  // Moves behind an event that is not a ROTATE.
  void Pass(const EventHeader& header);

 private:
  bool HasChecksum(EventType type) const;

  const bool physical_;
  const bool declared_checksum_;
  std::string file_;
  uint64_t offset_ = 4;
  bool format_known_ = false;
  bool checksums_ = false;
  size_t header_size_ = kHeaderSize;
  bool mariadb_ = false;
  int server_version_ = 0;
};

}  // namespace cdc::binlog
