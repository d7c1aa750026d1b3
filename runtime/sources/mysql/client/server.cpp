#include "runtime/sources/mysql/client/server.h"

#include <cstdlib>
#include <utility>
#include <vector>

#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "runtime/sources/mysql/client/log_events.h"

namespace cdc::mysql {
namespace {

// How long a replica may stand still behind what was read elsewhere.
constexpr int kBehindWaitS = 5;
constexpr int kBehindLooks = 25;  // in that time

// A global variable; nothing if this server has none of that name.
Result<std::optional<std::string>> Variable(Connection* sql, const std::string& name) {
  ASSIGN_OR_RETURN(const TextResult result, sql->Query("SHOW GLOBAL VARIABLES LIKE " + QuoteText(name)));
  if (result.rows.empty() || result.rows[0].size() < 2) return std::optional<std::string>();
  return result.rows[0][1];
}

Error NotReady(const std::string& name, const std::string& value, const std::string& needed) {
  return Error(ErrorCode::kConfig, "the server has " + name + " = " + value + "; capturing its changes needs " + name +
                                       " = " + needed + " [PIPE130 server-not-ready]");
}

Status Require(Connection* sql, const std::string& name, const std::string& needed) {
  ASSIGN_OR_RETURN(const auto value, Variable(sql, name));
  if (!value.has_value() || *value == needed) return OkStatus();
  return NotReady(name, *value, needed);
}

std::string WithoutSpace(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != '\n' && c != ' ' && c != '\r') out += c;
  }
  return out;
}

Result<TextResult> LogStatus(Connection* sql, const ServerFacts& facts) {
  if (!facts.mariadb && facts.version >= 80200) return sql->Query("SHOW BINARY LOG STATUS");
  return sql->Query("SHOW MASTER STATUS");
}

Position Start(const ServerFacts& facts) {
  Position position;
  position.flavour = facts.mariadb ? Flavour::kMariaDb : Flavour::kMySql;
  position.server = facts.identity;
  return position;
}

Error Lost(const Position& saved, const std::string& why) {
  return Error(ErrorCode::kPositionLost,
               "cannot go on from " + ToText(saved) + ": " + why +
                   "; choose a new start with --reset-position --start …, which loses what lies between");
}

// What a server lacks of a saved position.
struct Lack {
  std::string purged;   // was there, and was not read
  std::string unknown;  // was read, and is not there
  std::string words;    // of the two, with what the server has
};

// Errors: as CheckPosition. `look` asks the server again.
template <typename Look>
Status WaitForReplica(Connection* sql, const Position& saved, const Look& look) {
  std::string first;
  for (int looks = 0;; ++looks) {
    ASSIGN_OR_RETURN(const Lack lack, look());
    if (!lack.purged.empty()) return Lost(saved, lack.words);
    if (lack.unknown.empty()) return OkStatus();
    if (looks == 0) first = lack.unknown;
    if (looks == kBehindLooks && lack.unknown == first) return Lost(saved, lack.words);
    if (looks == kBehindLooks) return Error(ErrorCode::kSourceLost, "a replica that catches up: " + lack.words);
    RETURN_IF_ERROR(sql->Execute("DO SLEEP(" + std::to_string(1.0 * kBehindWaitS / kBehindLooks) + ")"));
  }
}

Result<Lack> LackOfGtids(Connection* sql, const Position& saved) {
  const std::string set = QuoteText(saved.gtid_set);
  ASSIGN_OR_RETURN(
      const TextResult result,
      sql->Query("SELECT @@GLOBAL.gtid_executed AS executed, @@GLOBAL.gtid_purged AS purged, GTID_SUBTRACT(" + set +
                 ", @@GLOBAL.gtid_executed) AS unknown, GTID_SUBTRACT(@@GLOBAL.gtid_purged, " + set + ") AS missing"));
  const auto column = [&](std::string_view name) { return WithoutSpace(result.First(name).value_or("")); };
  Lack lack = {column("missing"), column("unknown"), ""};
  if (!lack.purged.empty()) {
    lack.words = "the server has purged " + lack.purged + ", which was not read yet (it has purged " +
                 column("purged") + " of " + column("executed") + ")";
  } else if (!lack.unknown.empty()) {
    lack.words = "the server has never executed " + lack.unknown + "; it is behind or another one (it has executed " +
                 column("executed") + ")";
  }
  return lack;
}

// MariaDB would begin a domain that is purged, or that it does not know, without a word or with an error that names
// none. `purged`: what the oldest of its logs begins behind.
Result<Lack> LackOfDomains(Connection* sql, const binlog::MariaDbGtidState& held,
                           const binlog::MariaDbGtidState& purged) {
  ASSIGN_OR_RETURN(const auto newest, Variable(sql, "gtid_binlog_pos"));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState executed, binlog::MariaDbGtidState::Parse(newest.value_or("")));
  Lack lack;
  for (const auto& [domain, gtid] : purged.domains()) {
    if (held.Reached(gtid)) continue;
    const auto found = held.domains().find(domain);
    const uint64_t from = found == held.domains().end() ? 1 : found->second.sequence + 1;
    lack.purged += (lack.purged.empty() ? "" : ", ") + std::to_string(domain) + ":" + std::to_string(from) + "-" +
                   std::to_string(gtid.sequence);
  }
  for (const auto& [domain, gtid] : held.domains()) {
    if (!executed.Reached(gtid)) lack.unknown += (lack.unknown.empty() ? "" : ", ") + binlog::ToText(gtid);
  }
  if (!lack.purged.empty()) {
    lack.words = "the server has purged domain:sequence " + lack.purged +
                 ", which was not read yet (its oldest log begins behind " + purged.ToText() + ")";
  } else if (!lack.unknown.empty()) {
    lack.words = "the server has never executed " + lack.unknown + "; it is behind or another one (it has executed " +
                 executed.ToText() + ")";
  }
  return lack;
}

Status CheckGtids(Connection* sql, const Position& saved) {
  return WaitForReplica(sql, saved, [&] { return LackOfGtids(sql, saved); });
}

Status CheckDomains(Connection* sql, const Position& saved) {
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState held, binlog::MariaDbGtidState::Parse(saved.gtid_set));
  ASSIGN_OR_RETURN(const std::vector<std::string> files, LogFiles(sql));
  if (files.empty()) return Lost(saved, "the server has no binary logs");
  ASSIGN_OR_RETURN(const auto oldest, MariaDbGtidPosition(sql, files.front(), 4));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState purged, binlog::MariaDbGtidState::Parse(oldest.value_or("")));
  return WaitForReplica(sql, saved, [&] { return LackOfDomains(sql, held, purged); });
}

Status CheckFile(Connection* sql, const ServerFacts& facts, const Position& saved) {
  if (saved.server != facts.identity) {
    return Lost(saved, "it belongs to server " + saved.server + ", and this is " + facts.identity);
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> files, LogFiles(sql));
  for (const std::string& file : files) {
    if (file == saved.file) return OkStatus();
  }
  return Lost(saved, "the server has purged that file; its logs are " +
                         (files.empty() ? "none" : files.front() + " to " + files.back()));
}

}  // namespace

Result<std::vector<std::string>> LogFiles(Connection* sql) {
  ASSIGN_OR_RETURN(const TextResult logs, sql->Query("SHOW BINARY LOGS"));
  std::vector<std::string> names;
  for (const TextRow& row : logs.rows) names.push_back(row.at(0).value_or(""));
  return names;
}

Result<ServerFacts> ReadServerFacts(Connection* sql) {
  RETURN_IF_ERROR(Require(sql, "log_bin", "ON"));
  RETURN_IF_ERROR(Require(sql, "binlog_format", "ROW"));
  RETURN_IF_ERROR(Require(sql, "binlog_row_image", "FULL"));
  return DescribeServer(sql);
}

Status CheckCanFailOver(Connection* sql, const ServerFacts& facts) {
  if (!facts.gtid) RETURN_IF_ERROR(Require(sql, "gtid_mode", "ON"));
  // Its name in MySQL, in MariaDB.
  RETURN_IF_ERROR(Require(sql, "log_replica_updates", "ON"));
  return Require(sql, "log_slave_updates", "ON");
}

Result<ServerFacts> DescribeServer(Connection* sql) {
  ServerFacts facts;
  facts.mariadb = sql->mariadb();
  facts.version = sql->version();
  facts.version_text = sql->version_text();
  ASSIGN_OR_RETURN(facts.identity, ReadIdentity(sql));
  ASSIGN_OR_RETURN(const auto metadata, Variable(sql, "binlog_row_metadata"));
  facts.full_metadata = metadata.value_or("") == "FULL";
  ASSIGN_OR_RETURN(const auto lower_case, Variable(sql, "lower_case_table_names"));
  facts.lower_case_names = lower_case.value_or("0") != "0";
  ASSIGN_OR_RETURN(const auto character_set, Variable(sql, "character_set_server"));
  facts.character_set = character_set.value_or("utf8mb4");
  ASSIGN_OR_RETURN(const auto collation, Variable(sql, "collation_server"));
  facts.collation = collation.value_or("");
  ASSIGN_OR_RETURN(const auto retention, Variable(sql, "binlog_expire_logs_seconds"));
  facts.log_retention_s = std::atoll(retention.value_or("0").c_str());
  facts.gtid = facts.mariadb;
  if (!facts.mariadb) {
    ASSIGN_OR_RETURN(const auto mode, Variable(sql, "gtid_mode"));
    facts.gtid = mode.value_or("") == "ON";
  }
  return facts;
}

Result<std::string> ReadIdentity(Connection* sql) {
  ASSIGN_OR_RETURN(const auto identity, Variable(sql, sql->mariadb() ? "server_id" : "server_uuid"));
  return identity.value_or("");
}

Status CheckIdentity(Connection* sql, const ServerFacts& facts, const std::string& address) {
  ASSIGN_OR_RETURN(const std::string identity, ReadIdentity(sql));
  if (identity == facts.identity) return OkStatus();
  return Error(ErrorCode::kSourceLost,
               address + " leads to server " + identity + " now, and the log is to be read from " + facts.identity);
}

Result<std::optional<std::string>> MariaDbGtidPosition(Connection* sql, const std::string& file, uint64_t offset) {
  ASSIGN_OR_RETURN(const TextResult result, sql->Query("SELECT BINLOG_GTID_POS(" + QuoteText(file) + ", " +
                                                       std::to_string(offset) + ") AS pos"));
  const auto position = result.First("pos");
  if (!position.has_value()) return std::optional<std::string>();
  return std::optional<std::string>(WithoutSpace(*position));
}

Result<Position> CurrentPosition(Connection* sql, const ServerFacts& facts) {
  ASSIGN_OR_RETURN(const TextResult status, LogStatus(sql, facts));
  Position position = Start(facts);
  position.file = status.First("File").value_or("");
  position.offset = std::strtoull(status.First("Position").value_or("4").c_str(), nullptr, 10);
  if (position.file.empty())
    return Error(ErrorCode::kConfig, "the server writes no binary log [PIPE130 server-not-ready]");
  if (facts.mariadb) {
    ASSIGN_OR_RETURN(const auto gtids, MariaDbGtidPosition(sql, position.file, position.offset));
    position.gtid_set = gtids.value_or("");
  } else if (facts.gtid) {
    position.gtid_set = WithoutSpace(status.First("Executed_Gtid_Set").value_or(""));
  }
  return position;
}

Result<Position> EarliestPosition(Connection* sql, const ServerFacts& facts) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, LogFiles(sql));
  if (files.empty()) return Error(ErrorCode::kConfig, "the server has no binary logs [PIPE130 server-not-ready]");
  Position position = Start(facts);
  position.file = files.front();
  if (facts.mariadb) {
    ASSIGN_OR_RETURN(const auto gtids, MariaDbGtidPosition(sql, position.file, position.offset));
    position.gtid_set = gtids.value_or("");
  } else if (facts.gtid) {
    ASSIGN_OR_RETURN(const TextResult purged, sql->Query("SELECT @@GLOBAL.gtid_purged AS purged"));
    position.gtid_set = WithoutSpace(purged.First("purged").value_or(""));
  }
  return position;
}

Status FindGtids(Connection* sql, const ServerFacts& facts, Position* saved) {
  const bool by_file = saved->flavour == Flavour::kMySql && saved->gtid_set.empty() && !saved->file.empty();
  if (!by_file || facts.mariadb || !facts.gtid) return OkStatus();
  RETURN_IF_ERROR(CheckFile(sql, facts, *saved));
  ASSIGN_OR_RETURN(saved->gtid_set, MySqlGtidSet(sql, saved->file, saved->offset));
  return OkStatus();
}

Status DropForeignPlace(Connection* sql, const ServerFacts& facts, Position* saved) {
  if (!facts.mariadb || saved->server != facts.identity || saved->gtid_set.empty() || saved->file.empty())
    return OkStatus();
  ASSIGN_OR_RETURN(const auto found, MariaDbGtidPosition(sql, saved->file, saved->offset));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState there, binlog::MariaDbGtidState::Parse(found.value_or("")));
  ASSIGN_OR_RETURN(const binlog::MariaDbGtidState held, binlog::MariaDbGtidState::Parse(saved->gtid_set));
  if (there == held) return OkStatus();
  if (saved->inside_group())
    return Lost(*saved, "it lies inside a transaction, and the log of server " + facts.identity + " has others there");
  saved->file.clear();
  saved->offset = 4;
  return OkStatus();
}

Status CheckPosition(Connection* sql, const ServerFacts& facts, const Position& saved) {
  if (saved.flavour != (facts.mariadb ? Flavour::kMariaDb : Flavour::kMySql)) {
    return Lost(saved, std::string("it was saved from another kind of server, and this is ") +
                           (facts.mariadb ? "MariaDB" : "MySQL"));
  }
  if (saved.inside_group() && saved.server != facts.identity) {
    return Lost(saved, "it lies inside a transaction of server " + saved.server + ", and this is " + facts.identity);
  }
  if (facts.mariadb && !saved.gtid_set.empty()) return CheckDomains(sql, saved);
  if (facts.gtid) return CheckGtids(sql, saved);
  return CheckFile(sql, facts, saved);
}

}  // namespace cdc::mysql
