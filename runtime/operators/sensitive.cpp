#include "runtime/operators/sensitive.h"

#include "stdlib/core/names.h"
#include "stdlib/regex/pattern.h"

namespace cdc::operators {
namespace {

Result<bool> IsNamed(const plan::NamePattern& pattern, const std::string& name, bool ignore_case) {
  if (pattern.kind == plan::NamePattern::Kind::kAny) return true;
  if (pattern.kind == plan::NamePattern::Kind::kExact)
    return ignore_case ? SameName(pattern.text, name) : pattern.text == name;
  ASSIGN_OR_RETURN(const regex::Pattern compiled, regex::Pattern::Compile(pattern.text, {.ignore_case = ignore_case}));
  return compiled.Matches(name);
}

}  // namespace

Result<Schema> MarkSensitive(const plan::Plan& plan, const std::string& database, const std::string& table,
                             Schema schema) {
  for (const plan::SensitiveColumns& entry : plan.sensitive) {
    ASSIGN_OR_RETURN(const bool of_database, IsNamed(entry.database, database, false));
    ASSIGN_OR_RETURN(const bool of_table, IsNamed(entry.table, table, false));
    if (!of_database || !of_table) continue;
    for (Column& column : schema.columns) {
      for (const plan::NamePattern& name : entry.columns) {
        ASSIGN_OR_RETURN(const bool named, IsNamed(name, column.name, true));
        if (named) column.type.sensitive = true;
      }
    }
  }
  return schema;
}

}  // namespace cdc::operators
