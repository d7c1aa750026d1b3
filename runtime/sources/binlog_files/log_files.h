#pragma once

// Recorded log files: which there are, and their events in order, read in big blocks.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"

namespace cdc::sources {

struct LogFile {
  std::string path;
  std::string name;  // of the file alone: what positions hold
};

// Files that match `pattern` (`*`, `?`, `[…]`), in order: by name up to the last dot, then by the number behind it.
// Errors: kConfig, none matches, or two have the same name.
Result<std::vector<LogFile>> FindLogFiles(const std::string& pattern);

// Errors: kConfig, the file is gone.
Result<uint64_t> LogFileSize(const LogFile& file);

// Reads one file's events.
class LogFileReader {
 public:
  static constexpr size_t kBlockBytes = 1u << 20;

  // Opens the file and checks its first bytes. Errors: kCorruptInput, it is no log; kConfig, it cannot be opened or is
  // encrypted.
  static Result<std::unique_ptr<LogFileReader>> Open(const LogFile& file);
  ~LogFileReader();
  LogFileReader(const LogFileReader&) = delete;
  LogFileReader& operator=(const LogFileReader&) = delete;

  // The next event, header to checksum; empty at the end of the file. Lifetime: block() of this moment.
  // Errors: kCorruptInput, the file ends inside an event; kResource.
  Result<std::string_view> Next();
  const std::shared_ptr<const void>& block() const { return owner_; }
  // Goes to an offset in the file. Requires: an event begins there.
  Status Seek(uint64_t offset);
  // End of the newest event.
  uint64_t offset() const { return file_offset_ + at_; }

 private:
  LogFileReader(LogFile file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
  Status Fill(size_t wanted);
  Error Problem(const std::string& what) const;

  const LogFile file_;
  const int descriptor_;
  std::shared_ptr<char[]> block_;
  std::shared_ptr<const void> owner_;  // block_ again
  size_t capacity_ = 0;
  uint64_t file_offset_ = 0;  // of the block's first byte
  size_t at_ = 0;             // next event in the block
  size_t filled_ = 0;
};

}  // namespace cdc::sources
