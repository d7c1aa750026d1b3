#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "runtime/sources/mysql/client/dumped_log.h"
#include "runtime/sources/mysql/client/server.h"
#include "runtime/sources/source.h"

namespace cdc::sources {

// Where a source begins that has saved nothing, in the words of `run --start`: that, else its `start` setting, else
// `fallback`.
std::string StartText(const SourceContext& context, const std::string& fallback);

// The place of a start "file:NAME:POS"; nothing if `text` is none.
struct StartPlace {
  std::string file;
  uint64_t offset = 4;
};
std::optional<StartPlace> ReadStartPlace(const std::string& text);

// The moment of a start "time:RFC3339", microseconds since 1970 UTC. Errors: kUsage.
Result<int64_t> ReadStartTime(const std::string& text);

// Finds the place of a server's log that a start means.
class StartFinder {
 public:
  explicit StartFinder(mysql::DumpOptions dump) : dump_(std::move(dump)) {}

  // The place that `text` names; `now` is the end of the log. `sql` is a session of the server that `connect` leads to.
  // Errors: kUsage, a text that is none of now, earliest, file:NAME:POS, gtid:SET, time:RFC3339; kPositionLost, no such
  // place; as the client.
  Result<Position> Find(const std::string& text, const Position& now, const mysql::ConnectOptions& connect,
                        mysql::Connection* sql, const mysql::ServerFacts& facts);
  // Makes a search by the clock that is under way fail soon. Threads: any.
  void Interrupt();

 private:
  Result<Position> FindTime(const std::string& text, const Position& now, const mysql::ConnectOptions& connect,
                            mysql::Connection* sql, const mysql::ServerFacts& facts);

  const mysql::DumpOptions dump_;
  std::mutex mutex_;  // guards log_ as a pointer
  std::unique_ptr<mysql::DumpedLog> log_;
};

}  // namespace cdc::sources
