#include "runtime/sources/binlog_files/recorded_log.h"

#include <utility>

namespace cdc::sources {

RecordedLog::RecordedLog(std::vector<LogFile> files) : files_(std::move(files)), cursor_(true, true) {}

Result<binlog::LogCursor*> RecordedLog::Enter(size_t file) {
  ASSIGN_OR_RETURN(reader_, LogFileReader::Open(files_[file]));
  cursor_.ForgetFormat();
  cursor_.GoTo(files_[file].name, 4);
  return &cursor_;
}

}  // namespace cdc::sources
