#pragma once

// Recorded log files as one log, for reading from the beginning of any of them.

#include <memory>
#include <string_view>
#include <vector>

#include "runtime/sources/binlog_files/log_files.h"
#include "runtime/sources/mysql/binlog/time_search.h"

namespace cdc::sources {

class RecordedLog : public binlog::LogReader {
 public:
  explicit RecordedLog(std::vector<LogFile> files);

  size_t files() const override { return files_.size(); }
  // Errors: as LogFileReader::Open.
  Result<binlog::LogCursor*> Enter(size_t file) override;
  Result<std::string_view> Next() override { return reader_->Next(); }

 private:
  const std::vector<LogFile> files_;
  std::unique_ptr<LogFileReader> reader_;
  binlog::LogCursor cursor_;
};

}  // namespace cdc::sources
