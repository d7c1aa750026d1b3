#include "stdlib/core/sql_default.h"

namespace cdc {

std::optional<std::string> DefaultLiteral(const std::string& sql) {
  if (sql.empty()) return std::nullopt;
  if (sql[0] != '\'') {
    for (const char c : sql) {
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') return std::nullopt;
    }
    return sql;
  }
  std::string text;
  size_t at = 1;
  for (; at < sql.size() && !(sql[at] == '\'' && (at + 1 >= sql.size() || sql[at + 1] != '\'')); ++at) {
    if ((sql[at] == '\'' || sql[at] == '\\') && at + 1 < sql.size()) ++at;
    text += sql[at];
  }
  if (at + 1 != sql.size()) return std::nullopt;
  return text;
}

bool DefaultIsNow(const std::string& sql) {
  return sql.starts_with("CURRENT_TIMESTAMP") || sql.starts_with("current_timestamp") || sql.starts_with("now(") ||
         sql.starts_with("NOW(");
}

}  // namespace cdc
