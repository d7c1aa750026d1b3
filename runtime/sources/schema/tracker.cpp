#include "runtime/sources/schema/tracker.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "runtime/sources/schema/schema_sql.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/json_text.h"
#include "stdlib/core/out_buffer.h"

namespace cdc::sources {
namespace {

ddl::TableName NameAfter(const ddl::SchemaChange& change) {
  ddl::TableName name = change.table;
  for (const ddl::Part& part : change.parts) {
    if (part.kind == ddl::PartKind::kRenameTable) name = part.new_table;
  }
  return name;
}

}  // namespace

void SchemaTracker::Set(Schema schema, uint32_t version) {
  std::pair<std::string, std::string> name(schema.database, schema.table);
  tables_[std::move(name)] = {std::make_shared<const Schema>(std::move(schema)), version};
}

TrackedTable SchemaTracker::Find(const std::string& database, const std::string& table) const {
  const auto found = tables_.find({database, table});
  return found == tables_.end() ? TrackedTable() : found->second;
}

std::vector<ddl::TableName> SchemaTracker::Names() const {
  std::vector<ddl::TableName> names;
  for (const auto& [name, table] : tables_) names.push_back({name.first, name.second});
  return names;
}

TrackedTable SchemaTracker::Change(const ddl::SchemaChange& change, const ddl::Dialect& dialect, const TrackedTable& before,
                                   Status* status) {
  const uint32_t version = before.version + 1;
  switch (change.kind) {
    case ddl::ChangeKind::kDropTable:
      return {};
    case ddl::ChangeKind::kTruncateTable:
      return before;
    case ddl::ChangeKind::kCreateTable: {
      if (before.schema != nullptr && change.if_not_exists) return before;
      std::optional<Schema> schema = change.created;
      if (change.like.has_value()) {
        const TrackedTable model = Find(change.like->database, change.like->table);
        if (model.schema != nullptr) schema = *model.schema;
      }
      // CREATE TABLE … SELECT without all columns: the log's own metadata has to tell.
      if (!schema.has_value() || change.from_select) return {};
      schema->database = change.table.database;
      schema->table = change.table.table;
      return {std::make_shared<const Schema>(std::move(*schema)), version};
    }
    case ddl::ChangeKind::kAlterTable:
    case ddl::ChangeKind::kRenameTable:
    case ddl::ChangeKind::kCreateIndex:
    case ddl::ChangeKind::kDropIndex:
      break;
  }
  if (before.schema == nullptr) return {};
  Schema schema = *before.schema;
  *status = ddl::Apply(change, dialect, &schema);
  const ddl::TableName name = NameAfter(change);
  schema.database = name.database;
  schema.table = name.table;
  return {std::make_shared<const Schema>(std::move(schema)), version};
}

Result<std::vector<TableChange>> SchemaTracker::Apply(const ddl::Statement& statement, const ddl::Dialect& dialect) {
  std::vector<TableChange> changes;
  if (statement.temporary) return changes;
  for (const ddl::SchemaChange& change : statement.changes) {
    TableChange out;
    out.table = change.table;
    out.new_name = NameAfter(change);
    out.change = &change;
    out.before = Find(change.table.database, change.table.table);
    Status status;
    out.after = Change(change, dialect, out.before, &status);
    if (!status.ok()) {
      return std::move(status).error().While("following the schema of " + change.table.database + "." + change.table.table);
    }
    tables_.erase({out.table.database, out.table.table});
    if (out.after.schema != nullptr) tables_[{out.new_name.database, out.new_name.table}] = out.after;
    changes.push_back(std::move(out));
  }
  return changes;
}

StateRecord SchemaTracker::Record(const ddl::TableName& name) const {
  StateRecord record{"schema", name.database + "." + name.table, ""};
  const TrackedTable table = Find(name.database, name.table);
  if (table.schema == nullptr) return record;
  OutBuffer json;
  json.Append("{\"version\":" + std::to_string(table.version) + ",\"database\":");
  AppendJsonString(name.database, &json);
  json.Append(",\"table\":");
  AppendJsonString(name.table, &json);
  json.Append(",\"sql\":");
  AppendJsonString(ToCreateTable(*table.schema), &json);
  json.Append('}');
  record.value = std::string(json.view());
  return record;
}

Status SchemaTracker::Restore(const StateRecord& record, const ddl::Dialect& dialect) {
  const auto broken = [&] { return Error(ErrorCode::kCorruptInput, "the saved schema of " + record.item + " is broken"); };
  if (!IsJson(record.value) || KindOfJson(record.value) != JsonKind::kObject) return broken();
  Arena scratch;
  const auto text = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = JsonMember(record.value, name);
    if (!value.has_value() || KindOfJson(*value) != JsonKind::kString) return std::nullopt;
    return std::string(JsonUnquote(*value, &scratch));
  };
  const auto database = text("database"), table = text("table"), sql = text("sql");
  const auto version_text = JsonMember(record.value, "version");
  uint32_t version = 0;
  if (!database || !table || !sql || !version_text ||
      std::from_chars(version_text->data(), version_text->data() + version_text->size(), version).ec != std::errc()) {
    return broken();
  }
  auto schema = ddl::ParseCreateTable(*sql, dialect);
  if (!schema.ok()) return Error(ErrorCode::kCorruptInput, broken().message() + ": " + schema.error().message());
  schema->database = *database;
  schema->table = *table;
  Set(std::move(schema).value(), version);
  return OkStatus();
}

}  // namespace cdc::sources
