#include "runtime/sources/mysql/server_choice.h"

#include <utility>

namespace cdc::sources {
namespace {

Error NoneOf(const std::vector<std::string>& said, ErrorCode code) {
  std::string text = "none of the source's addresses can be read from:";
  for (const std::string& each : said) text += "\n  " + each;
  return Error(code, text);
}

}  // namespace

ServerChoice::ServerChoice(const mysql::ConnectOptions& connect, const std::vector<std::string>& failover)
    : connects_{connect} {
  for (const std::string& address : failover) {
    connects_.push_back(connect);
    connects_.back().address = address;
  }
}

Result<ChosenServer> ServerChoice::Choose(const std::optional<Position>& saved) {
  interrupted_ = false;
  if (connects_.size() == 1) return Try(connects_.front(), saved);
  std::vector<std::string> said;
  ErrorCode code = ErrorCode::kSourceLost;
  for (const mysql::ConnectOptions& connect : connects_) {
    if (interrupted_) return Error(ErrorCode::kSourceLost, "interrupted");
    auto tried = Try(connect, saved);
    if (tried.ok()) {
      tried->others = std::move(said);
      return tried;
    }
    said.push_back(connect.address + ": " + tried.error().message());
    if (code == ErrorCode::kSourceLost) code = tried.error().code();
  }
  return NoneOf(said, code);
}

Result<ChosenServer> ServerChoice::Try(const mysql::ConnectOptions& connect,
                                       const std::optional<Position>& saved) const {
  ChosenServer server;
  server.connect = connect;
  server.saved = saved;
  ASSIGN_OR_RETURN(server.sql, mysql::Connection::Open(connect));
  ASSIGN_OR_RETURN(server.facts, mysql::ReadServerFacts(server.sql.get()));
  const bool several = connects_.size() > 1;
  if (several) RETURN_IF_ERROR(mysql::CheckCanFailOver(server.sql.get(), server.facts));
  if (saved.has_value()) {
    if (several) RETURN_IF_ERROR(mysql::DropForeignPlace(server.sql.get(), server.facts, &*server.saved));
    RETURN_IF_ERROR(mysql::FindGtids(server.sql.get(), server.facts, &*server.saved));
    RETURN_IF_ERROR(mysql::CheckPosition(server.sql.get(), server.facts, *server.saved));
  }
  return server;
}

}  // namespace cdc::sources
