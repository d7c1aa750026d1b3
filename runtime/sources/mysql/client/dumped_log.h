#pragma once

// A server's whole log, for reading from the beginning of any of its files.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sources/mysql/binlog/time_search.h"
#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/dump.h"
#include "runtime/sources/mysql/client/server.h"

namespace cdc::mysql {

class DumpedLog : public binlog::LogReader {
 public:
  // Every file is read over a connection of its own; `names` are the server's, in order.
  DumpedLog(const ConnectOptions& connect, const DumpOptions& dump, const ServerFacts& facts,
            std::vector<std::string> names);

  size_t files() const override { return names_.size(); }
  const std::string& name(size_t file) const { return names_[file]; }
  // Errors: as Connection; kPositionLost, the server has purged the file.
  Result<binlog::LogCursor*> Enter(size_t file) override;
  // The log's last file ends where it ends at that moment.
  Result<std::string_view> Next() override;

  // Makes this and every later call fail. Threads: any.
  void Interrupt();

 private:
  const ConnectOptions connect_;
  DumpOptions dump_;
  ServerFacts facts_;
  const std::vector<std::string> names_;
  std::mutex mutex_;  // guards connection_ as a pointer, and interrupted_
  std::unique_ptr<Connection> connection_;
  bool interrupted_ = false;
  bool entered_ = false;  // the ROTATE that names the file has come
  binlog::LogCursor cursor_;
};

}  // namespace cdc::mysql
