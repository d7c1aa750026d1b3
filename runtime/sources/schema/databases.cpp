#include "runtime/sources/schema/databases.h"

#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sources {

const CharsetDefault* DatabaseDefaults::Find(const std::string& database) const {
  const auto found = databases_.find(database);
  return found == databases_.end() ? nullptr : &found->second;
}

std::optional<StateRecord> DatabaseDefaults::Apply(const ddl::Statement& statement, const ddl::Dialect& dialect) {
  const std::string& database = statement.database;
  const CharsetDefault* known = Find(database);
  if (statement.kind == ddl::StatementKind::kDropDatabase) {
    if (known == nullptr) return std::nullopt;
    databases_.erase(database);
    return StateRecord{"schema", database + "/", ""};
  }
  const bool create = statement.kind == ddl::StatementKind::kCreateDatabase;
  if (create && known != nullptr && statement.if_not_exists) return std::nullopt;
  if (!create && statement.charset.empty()) return std::nullopt;
  CharsetDefault defaults{statement.charset, statement.collation};
  if (defaults.charset.empty()) defaults = {dialect.default_charset, dialect.default_collation};
  if (defaults.collation.empty()) defaults.collation = ddl::DefaultCollation(defaults.charset, dialect);
  if (known != nullptr && *known == defaults) return std::nullopt;
  Set(database, std::move(defaults));
  return Record(database);
}

StateRecord DatabaseDefaults::Record(const std::string& database) const {
  const CharsetDefault& defaults = databases_.at(database);
  OutBuffer json;
  json.Append("{\"database\":");
  AppendJsonString(database, &json);
  json.Append(",\"charset\":");
  AppendJsonString(defaults.charset, &json);
  json.Append(",\"collation\":");
  AppendJsonString(defaults.collation, &json);
  json.Append('}');
  return {"schema", database + "/", std::string(json.view())};
}

}  // namespace cdc::sources
