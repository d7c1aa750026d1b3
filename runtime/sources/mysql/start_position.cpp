#include "runtime/sources/mysql/start_position.h"

#include <charconv>
#include <utility>

#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/binlog/mariadb_gtid.h"
#include "runtime/sources/mysql/client/log_events.h"

namespace cdc::sources {
namespace {

Error BadStart(const std::string& text) {
  return Error(ErrorCode::kUsage,
               "`" + text + "` is no place to start; write now, earliest, file:NAME:POS or gtid:SET");
}

// The `start` setting in the words of `run --start`.
std::string SettingAsText(const catalog::Settings& settings) {
  const std::string word = settings.Text("start", "now");
  if (word == "file")
    return "file:" + settings.Text("start.name") + ":" + std::to_string(settings.Number("start.position", 4));
  if (word == "gtid") return "gtid:" + settings.Text("start.gtid_set");
  return word;
}

Result<Position> FilePosition(const std::string& text, Position base, mysql::Connection* sql,
                              const mysql::ServerFacts& facts) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return BadStart("file:" + text);
  base.file = text.substr(0, colon);
  base.gtid_set.clear();
  const char* digits = text.c_str() + colon + 1;
  const char* end = text.c_str() + text.size();
  const auto read = std::from_chars(digits, end, base.offset);
  if (read.ec != std::errc() || read.ptr != end || base.offset < 4) return BadStart("file:" + text);
  if (!facts.mariadb && facts.gtid) {
    ASSIGN_OR_RETURN(base.gtid_set, mysql::MySqlGtidSet(sql, base.file, base.offset));
    RETURN_IF_ERROR(mysql::CheckPosition(sql, facts, base));
  }
  if (!facts.mariadb) return base;
  // The set of all domains, or a later start by GTID would begin the others anew.
  ASSIGN_OR_RETURN(const auto gtids, mysql::MariaDbGtidPosition(sql, base.file, base.offset));
  if (!gtids.has_value())
    return Error(ErrorCode::kPositionLost,
                 "the server has no place file:" + text + " in its log; choose another --start");
  base.gtid_set = *gtids;
  return base;
}

}  // namespace

std::string StartText(const SourceContext& context) {
  return context.start_override.empty() ? SettingAsText(context.settings) : context.start_override;
}

Result<Position> StartPosition(const std::string& text, const Position& now, mysql::Connection* sql,
                               const mysql::ServerFacts& facts) {
  if (text == "now") return now;
  if (text == "earliest") return mysql::EarliestPosition(sql, facts);
  if (text.starts_with("file:")) {
    return FilePosition(text.substr(5), now, sql, facts);
  }
  if (text.starts_with("gtid:")) {
    if (!facts.gtid)
      return Error(ErrorCode::kConfig,
                   "the server runs without GTIDs; a start is named by file:NAME:POS, not `" + text + "`");
    Position from = now;
    from.gtid_set = text.substr(5);
    if (facts.mariadb ? !binlog::MariaDbGtidState::Parse(from.gtid_set).ok()
                      : !binlog::GtidSet::Parse(from.gtid_set).ok())
      return BadStart(text);
    from.file.clear();
    from.offset = 4;
    RETURN_IF_ERROR(mysql::CheckPosition(sql, facts, from));
    return from;
  }
  return BadStart(text);
}

}  // namespace cdc::sources
