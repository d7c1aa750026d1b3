#include "compiler/plan/plan.h"

#include "compiler/plan/owner.h"
#include "stdlib/core/names.h"
#include "stdlib/regex/pattern.h"

namespace cdc::plan {
namespace {

bool IsServersOwn(const std::string& database) {
  std::string folded = FoldName(database);
  return folded == "mysql" || folded == "sys" || folded == "information_schema" || folded == "performance_schema";
}

Result<bool> Matches(const NamePattern& pattern, const std::string& name) {
  if (pattern.kind == NamePattern::Kind::kAny) return true;
  if (pattern.kind == NamePattern::Kind::kExact) return pattern.text == name;
  ASSIGN_OR_RETURN(regex::Pattern compiled, regex::Pattern::Compile(pattern.text));
  return compiled.Matches(name);
}

}  // namespace

Result<int> FindOwner(const Pipe& pipe, const std::string& database, const std::string& table) {
  for (size_t i = 0; i < pipe.tables.size(); ++i) {
    const TableRule& rule = pipe.tables[i];
    if (rule.database.kind != NamePattern::Kind::kExact && IsServersOwn(database)) continue;
    ASSIGN_OR_RETURN(bool in_database, Matches(rule.database, database));
    if (!in_database) continue;
    ASSIGN_OR_RETURN(bool matches, Matches(rule.table, table));
    if (matches) return static_cast<int>(i);
  }
  return -1;
}

std::string Where(const Plan& plan, const expr::Origin& origin) {
  if (origin.file >= plan.files.size()) return "";
  const SourceFile& file = plan.files[origin.file];
  size_t line = 1;
  size_t column = 1;
  size_t at = file.text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0;
  for (; at < origin.begin && at < file.text.size(); ++at) {
    unsigned char byte = static_cast<unsigned char>(file.text[at]);
    if (byte == '\n') {
      ++line;
      column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++column;
    }
  }
  return file.path + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace cdc::plan
