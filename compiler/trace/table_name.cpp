#include "compiler/trace/table_name.h"

#include <vector>

namespace cdc::trace {
namespace {

// One name from `*at` on, to a period or the end; inside backticks anything, those inside doubled.
bool ReadName(const std::string& text, size_t* at, std::string* name) {
  if (*at < text.size() && text[*at] == '`') {
    for (++*at; *at < text.size(); ++*at) {
      const bool doubled = text[*at] == '`' && *at + 1 < text.size() && text[*at + 1] == '`';
      if (text[*at] == '`' && !doubled) break;
      if (doubled) ++*at;
      *name += text[*at];
    }
    if (*at >= text.size()) return false;
    ++*at;
  } else {
    for (; *at < text.size() && text[*at] != '.'; ++*at) *name += text[*at];
  }
  return !name->empty() && (*at == text.size() || text[*at] == '.');
}

}  // namespace

Result<TableName> ReadTableName(const std::string& text) {
  const Error wrong(ErrorCode::kUsage, "`--explain` takes a table, `database.table` or `table`, not `" + text + "`");
  std::vector<std::string> names;
  for (size_t at = 0;; ++at) {
    if (!ReadName(text, &at, &names.emplace_back()) || names.size() > 2) return wrong;
    if (at == text.size()) break;
  }
  if (names.size() == 1) return TableName{"", names[0]};
  return TableName{names[0], names[1]};
}

}  // namespace cdc::trace
