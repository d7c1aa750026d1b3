#include "runtime/sources/mysql/start_position.h"

#include <charconv>
#include <cstdlib>
#include <utility>

#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "runtime/sources/mysql/binlog/time_search.h"
#include "runtime/sources/mysql/client/log_events.h"
#include "stdlib/core/temporal.h"

namespace cdc::sources {
namespace {

Error BadStart(const std::string& text) {
  return Error(ErrorCode::kUsage,
               "`" + text + "` is no place to start; write now, earliest, file:NAME:POS, gtid:SET or time:RFC3339");
}

// The `start` setting in the words of `run --start`.
std::string SettingAsText(const catalog::Settings& settings, const std::string& fallback) {
  const std::string word = settings.Text("start", fallback);
  if (word == "file")
    return "file:" + settings.Text("start.name") + ":" + std::to_string(settings.Number("start.position", 4));
  if (word == "gtid") return "gtid:" + settings.Text("start.gtid_set");
  if (word == "time") return "time:" + settings.Text("start.at");
  return word;
}

Error NoPlace(const std::string& text) {
  return Error(ErrorCode::kPositionLost, "the server has no place " + text + " in its log; choose another --start");
}

Result<Position> FilePosition(const StartPlace& place, const Position& now, mysql::Connection* sql,
                              const mysql::ServerFacts& facts) {
  Position from = now;
  from.file = place.file;
  from.offset = place.offset;
  from.gtid_set.clear();
  if (!facts.mariadb && facts.gtid) {
    ASSIGN_OR_RETURN(from.gtid_set, mysql::MySqlGtidSet(sql, from.file, from.offset));
    RETURN_IF_ERROR(mysql::CheckPosition(sql, facts, from));
  }
  if (!facts.mariadb) return from;
  // The set of all domains, or a later start by GTID would begin the others anew.
  ASSIGN_OR_RETURN(const auto gtids, mysql::MariaDbGtidPosition(sql, from.file, from.offset));
  if (!gtids.has_value()) return NoPlace("file:" + from.file + ":" + std::to_string(from.offset));
  from.gtid_set = *gtids;
  return from;
}

Result<Position> GtidPosition(const std::string& text, Position from, mysql::Connection* sql,
                              const mysql::ServerFacts& facts) {
  if (!facts.gtid)
    return Error(ErrorCode::kConfig,
                 "the server runs without GTIDs; a start is named by file:NAME:POS, not `" + text + "`");
  from.gtid_set = text.substr(5);
  if (facts.mariadb ? !binlog::MariaDbGtidState::Parse(from.gtid_set).ok()
                    : !binlog::GtidSet::Parse(from.gtid_set).ok())
    return BadStart(text);
  from.file.clear();
  from.offset = 4;
  RETURN_IF_ERROR(mysql::CheckPosition(sql, facts, from));
  return from;
}

// The server's clock has come to that moment. Errors: kUsage.
Status CheckPast(const std::string& text, int64_t at_us, mysql::Connection* sql) {
  ASSIGN_OR_RETURN(const mysql::TextResult clock,
                   sql->Query("SELECT UNIX_TIMESTAMP() AS now_s, UTC_TIMESTAMP() AS now_text"));
  const int64_t now_s = std::strtoll(clock.First("now_s").value_or("0").c_str(), nullptr, 10);
  if (at_us <= (now_s + 1) * 1'000'000) return OkStatus();
  return Error(ErrorCode::kUsage, "`" + text + "` lies ahead: it is " + clock.First("now_text").value_or("") +
                                      " UTC on the server; choose another --start");
}

// Errors: kPositionLost, transactions before the oldest log are gone, and may be of the time asked for.
Status CheckNothingBefore(const std::string& text, mysql::Connection* sql, const mysql::ServerFacts& facts) {
  ASSIGN_OR_RETURN(const Position oldest, mysql::EarliestPosition(sql, facts));
  if (facts.gtid && oldest.gtid_set.empty()) return OkStatus();
  return Error(ErrorCode::kPositionLost,
               "the server's log does not reach back to `" + text + "`: its oldest file, " + oldest.file +
                   ", was begun later, and what was before is purged; begin with --start earliest, which loses it, or "
                   "with a first load");
}

}  // namespace

std::string StartText(const SourceContext& context, const std::string& fallback) {
  return context.start_override.empty() ? SettingAsText(context.settings, fallback) : context.start_override;
}

std::optional<StartPlace> ReadStartPlace(const std::string& text) {
  const size_t colon = text.rfind(':');
  if (!text.starts_with("file:") || colon <= 5) return std::nullopt;
  StartPlace place = {.file = text.substr(5, colon - 5)};
  const char* const end = text.c_str() + text.size();
  const auto read = std::from_chars(text.c_str() + colon + 1, end, place.offset);
  if (read.ec != std::errc() || read.ptr != end || place.offset < 4) return std::nullopt;
  return place;
}

Result<int64_t> ReadStartTime(const std::string& text) {
  const std::optional<int64_t> at_us =
      text.starts_with("time:") ? ParseInstant(std::string_view(text).substr(5)) : std::nullopt;
  if (at_us.has_value()) return *at_us;
  return Error(ErrorCode::kUsage,
               "`" + text + "` is no moment; write a date, a time and a zone, as in time:2026-11-20T08:00:00Z");
}

Result<Position> StartFinder::Find(const std::string& text, const Position& now, const mysql::ConnectOptions& connect,
                                   mysql::Connection* sql, const mysql::ServerFacts& facts) {
  if (text == "now") return now;
  if (text == "earliest") return mysql::EarliestPosition(sql, facts);
  if (text.starts_with("gtid:")) return GtidPosition(text, now, sql, facts);
  if (text.starts_with("time:")) return FindTime(text, now, connect, sql, facts);
  const std::optional<StartPlace> place = ReadStartPlace(text);
  if (!place.has_value()) return BadStart(text);
  return FilePosition(*place, now, sql, facts);
}

Result<Position> StartFinder::FindTime(const std::string& text, const Position& now,
                                       const mysql::ConnectOptions& connect, mysql::Connection* sql,
                                       const mysql::ServerFacts& facts) {
  ASSIGN_OR_RETURN(const int64_t at_us, ReadStartTime(text));
  RETURN_IF_ERROR(CheckPast(text, at_us, sql));
  ASSIGN_OR_RETURN(std::vector<std::string> names, mysql::LogFiles(sql));
  {
    const std::lock_guard lock(mutex_);
    log_ = std::make_unique<mysql::DumpedLog>(connect, dump_, facts, std::move(names));
  }
  auto found = binlog::FindTime(log_.get(), at_us);
  StartPlace place;
  if (found.ok() && !found->at_end) place = {log_->name(found->file), found->offset};
  {
    const std::lock_guard lock(mutex_);
    log_.reset();
  }
  if (!found.ok()) return std::move(found).error().While("looking for `" + text + "` in the log");
  if (!found->covered) RETURN_IF_ERROR(CheckNothingBefore(text, sql, facts));
  if (found->at_end) return now;
  return FilePosition(place, now, sql, facts);
}

void StartFinder::Interrupt() {
  const std::lock_guard lock(mutex_);
  if (log_ != nullptr) log_->Interrupt();
}

}  // namespace cdc::sources
