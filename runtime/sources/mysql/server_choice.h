#pragma once

// Which of a source's addresses is read from (binlog.md §10.7): the first one behind which a server is that can go on
// from the saved position. From one server to another that is by GTIDs alone.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/record/position.h"
#include "runtime/sources/mysql/client/connection.h"
#include "runtime/sources/mysql/client/server.h"
#include "stdlib/core/result.h"

namespace cdc::sources {

struct ChosenServer {
  mysql::ConnectOptions connect;  // by its address
  std::unique_ptr<mysql::Connection> sql;
  mysql::ServerFacts facts;
  std::optional<Position> saved;    // as given, with the GTIDs of its place
  std::vector<std::string> others;  // what was said of the addresses before it
};

class ServerChoice {
 public:
  // `connect` is of the first address, `failover` has the others.
  ServerChoice(const mysql::ConnectOptions& connect, const std::vector<std::string>& failover);

  // Tries the addresses in order. Errors: of a single address its own; of several, with what each of them said, the
  // first one that is not kSourceLost: a server that answers and cannot go on is no matter of waiting.
  Result<ChosenServer> Choose(const std::optional<Position>& saved);
  // Ends a choice under way before the next address; forgotten by the next one. Threads: any.
  void Interrupt() { interrupted_ = true; }

 private:
  Result<ChosenServer> Try(const mysql::ConnectOptions& connect, const std::optional<Position>& saved) const;

  std::vector<mysql::ConnectOptions> connects_;  // one per address
  std::atomic<bool> interrupted_{false};
};

}  // namespace cdc::sources
