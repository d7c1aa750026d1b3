#include "runtime/sources/mysql/start_position.h"

#include <charconv>
#include <utility>

namespace cdc::sources {
namespace {

Error BadStart(const std::string& text) {
  return Error(ErrorCode::kUsage, "`" + text + "` is no place to start; write now, earliest, file:NAME:POS or gtid:SET");
}

// The `start` setting in the words of `run --start`.
std::string SettingAsText(const catalog::Settings& settings) {
  const std::string word = settings.Text("start", "now");
  if (word == "file") return "file:" + settings.Text("start.name") + ":" + std::to_string(settings.Number("start.position", 4));
  if (word == "gtid") return "gtid:" + settings.Text("start.gtid_set");
  return word;
}

Result<Position> FilePosition(const std::string& text, Position base) {
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return BadStart("file:" + text);
  base.file = text.substr(0, colon);
  base.gtid_set.clear();
  const char* digits = text.c_str() + colon + 1;
  const char* end = text.c_str() + text.size();
  const auto read = std::from_chars(digits, end, base.offset);
  if (read.ec != std::errc() || read.ptr != end || base.offset < 4) return BadStart("file:" + text);
  return base;
}

}  // namespace

Result<Position> StartPosition(const SourceContext& context, mysql::Connection* sql, const mysql::ServerFacts& facts) {
  const std::string text = context.start_override.empty() ? SettingAsText(context.settings) : context.start_override;
  ASSIGN_OR_RETURN(Position now, mysql::CurrentPosition(sql, facts));
  if (text == "now") return now;
  if (text == "earliest") return mysql::EarliestPosition(sql, facts);
  if (text.starts_with("file:")) {
    if (facts.gtid && !facts.mariadb) {
      return Error(ErrorCode::kConfig, "the server uses GTIDs, so a start is named by them: gtid:SET, not `" + text + "`");
    }
    return FilePosition(text.substr(5), std::move(now));
  }
  if (text.starts_with("gtid:")) {
    now.gtid_set = text.substr(5);
    now.file.clear();
    now.offset = 4;
    return now;
  }
  return BadStart(text);
}

}  // namespace cdc::sources
