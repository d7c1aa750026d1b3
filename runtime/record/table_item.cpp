#include "runtime/record/table_item.h"

#include "stdlib/core/quoted_name.h"

namespace cdc {
namespace {

std::string Quoted(const std::string& name) {
  if (name.find_first_of(".`") == std::string::npos) return name;
  return InBackquotes(name);
}

}  // namespace

std::string TableItem(const std::string& database, const std::string& table) {
  return Quoted(database) + "." + Quoted(table);
}

std::optional<std::pair<std::string, std::string>> TableOfItem(std::string_view item) {
  std::pair<std::string, std::string> name;
  std::string* part = &name.first;
  size_t at = 0;
  for (int parts = 0; parts < 2; ++parts, part = &name.second) {
    if (parts == 1 && (at >= item.size() || item[at++] != '.')) return std::nullopt;
    const bool quoted = at < item.size() && item[at] == '`';
    if (quoted) ++at;
    for (; at < item.size(); ++at) {
      if (quoted && item[at] == '`' && (at + 1 == item.size() || item[at + 1] != '`')) break;
      if (quoted && item[at] == '`') ++at;
      if (!quoted && item[at] == '.') break;
      part->push_back(item[at]);
    }
    if (quoted && at++ >= item.size()) return std::nullopt;
  }
  if (at != item.size()) return std::nullopt;
  return name;
}

}  // namespace cdc
