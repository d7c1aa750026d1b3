#include "runtime/sources/mysql/binlog/mariadb_gtid.h"

#include <charconv>

namespace cdc::binlog {
namespace {

template <typename T>
bool TakeNumber(std::string_view* text, T* out) {
  const auto read = std::from_chars(text->data(), text->data() + text->size(), *out);
  if (read.ec != std::errc()) return false;
  text->remove_prefix(static_cast<size_t>(read.ptr - text->data()));
  return true;
}

bool TakeDash(std::string_view* text) {
  if (text->empty() || text->front() != '-') return false;
  text->remove_prefix(1);
  return true;
}

}  // namespace

std::string ToText(const MariaDbGtid& gtid) {
  return std::to_string(gtid.domain) + "-" + std::to_string(gtid.server_id) + "-" + std::to_string(gtid.sequence);
}

Result<MariaDbGtidState> MariaDbGtidState::Parse(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') packed += c;
  }
  const auto broken = [&] {
    return Error(ErrorCode::kCorruptInput, "`" + std::string(text.substr(0, 200)) + "` is no GTID position of MariaDB");
  };
  MariaDbGtidState state;
  std::string_view rest = packed;
  while (!rest.empty()) {
    MariaDbGtid gtid;
    if (!TakeNumber(&rest, &gtid.domain) || !TakeDash(&rest) || !TakeNumber(&rest, &gtid.server_id) ||
        !TakeDash(&rest) || !TakeNumber(&rest, &gtid.sequence)) {
      return broken();
    }
    if (!state.domains_.emplace(gtid.domain, gtid).second) return broken();
    if (rest.empty()) break;
    if (rest.front() != ',' || rest.size() == 1) return broken();
    rest.remove_prefix(1);
  }
  return state;
}

bool MariaDbGtidState::Reached(const MariaDbGtid& gtid) const {
  const auto found = domains_.find(gtid.domain);
  return found != domains_.end() && found->second.sequence >= gtid.sequence;
}

std::string MariaDbGtidState::ToText() const {
  std::string text;
  for (const auto& [domain, gtid] : domains_) {
    if (!text.empty()) text += ',';
    text += binlog::ToText(gtid);
  }
  return text;
}

}  // namespace cdc::binlog
