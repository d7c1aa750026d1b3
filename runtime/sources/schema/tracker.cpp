#include "runtime/sources/schema/tracker.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "runtime/record/table_item.h"
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

std::string Item(const ddl::TableName& name, uint32_t version) {
  return TableItem(name.database, name.table) + "/" + std::to_string(version);
}

StateRecord RecordOf(const ddl::TableName& name, const TrackedTable& table) {
  OutBuffer json;
  json.Append("{\"version\":" + std::to_string(table.version) + ",\"database\":");
  AppendJsonString(name.database, &json);
  json.Append(",\"table\":");
  AppendJsonString(name.table, &json);
  json.Append(",\"sql\":");
  AppendJsonString(ToCreateTable(*table.schema), &json);
  json.Append('}');
  return {"schema", Item(name, table.version), std::string(json.view())};
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
  for (const auto& [name, table] : tables_) {
    if (table.schema != nullptr) names.push_back({name.first, name.second});
  }
  return names;
}

TrackedTable SchemaTracker::Change(const ddl::SchemaChange& change, const ddl::Dialect& dialect,
                                   const TrackedTable& before, Status* status) {
  const uint32_t version = before.version + 1;
  switch (change.kind) {
    case ddl::ChangeKind::kDropTable:
      return {nullptr, before.version};
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
      if (!schema.has_value() || change.from_select) return {nullptr, version};
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
  if (before.schema == nullptr) return {nullptr, version};
  Schema schema = *before.schema;
  *status = ddl::Apply(change, dialect, &schema);
  const ddl::TableName name = NameAfter(change);
  schema.database = name.database;
  schema.table = name.table;
  return {std::make_shared<const Schema>(std::move(schema)), version};
}

Result<std::vector<TableChange>> SchemaTracker::Apply(const ddl::Statement& statement, const ddl::Dialect& dialect,
                                                      Misfit misfit) {
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
      if (misfit == Misfit::kRefuse) {
        return std::move(status).error().While("following the schema of " + change.table.database + "." +
                                               change.table.table);
      }
      out.misfit = status.error().message();
    }
    // Versions grow past another table that had the name.
    if (!(out.new_name == out.table)) {
      out.after.version = std::max(out.after.version, Find(out.new_name.database, out.new_name.table).version + 1);
    }
    Move(out);
    changes.push_back(std::move(out));
  }
  return changes;
}

void SchemaTracker::Move(const TableChange& change) {
  if (change.before.version != 0)
    tables_[{change.table.database, change.table.table}] = {nullptr, change.before.version};
  if (change.after.version != 0) tables_[{change.new_name.database, change.new_name.table}] = change.after;
}

std::vector<TableChange> SchemaTracker::DropDatabase(const std::string& database) {
  std::vector<TableChange> changes;
  for (const ddl::TableName& name : Names()) {
    if (name.database != database) continue;
    TableChange out;
    out.table = out.new_name = name;
    out.before = Find(name.database, name.table);
    out.after = {nullptr, out.before.version};
    Move(out);
    changes.push_back(std::move(out));
  }
  return changes;
}

void SchemaTracker::Record(const ddl::TableName& name, std::vector<StateRecord>* state) const {
  const TrackedTable table = Find(name.database, name.table);
  if (table.schema != nullptr) state->push_back(RecordOf(name, table));
}

void SchemaTracker::Record(const TableChange& change, std::vector<StateRecord>* state) {
  const bool same = change.table == change.new_name && change.before.version == change.after.version;
  if (change.before.schema != nullptr && (!same || change.after.schema == nullptr)) {
    state->push_back({"schema", Item(change.table, change.before.version), ""});
  }
  if (change.after.schema != nullptr && (!same || change.before.schema == nullptr)) {
    state->push_back(RecordOf(change.new_name, change.after));
  }
}

Status SchemaTracker::Restore(const StateRecord& record, const ddl::Dialect& dialect) {
  const auto broken = [&] {
    return Error(ErrorCode::kCorruptInput, "the saved schema of " + record.item + " is broken");
  };
  if (!IsJson(record.value) || KindOfJson(record.value) != JsonKind::kObject) return broken();
  Arena scratch;
  const auto text = [&](std::string_view name) -> std::optional<std::string> {
    const auto value = JsonMember(record.value, name);
    if (!value.has_value() || KindOfJson(*value) != JsonKind::kString) return std::nullopt;
    return std::string(JsonUnquote(*value, &scratch));
  };
  const auto database = text("database"), table = text("table"), sql = text("sql");
  if (const auto charset = text("charset"); database.has_value() && charset.has_value()) {
    databases_.Set(*database, {*charset, text("collation").value_or("")});
    return OkStatus();
  }
  const auto version_text = JsonMember(record.value, "version");
  uint32_t version = 0;
  if (!database || !table || !sql || !version_text ||
      std::from_chars(version_text->data(), version_text->data() + version_text->size(), version).ec != std::errc()) {
    return broken();
  }
  if (Find(*database, *table).version > version) return OkStatus();
  ddl::Dialect saved = dialect;  // ToCreateTable's
  saved.ansi_quotes = saved.no_backslash_escapes = false;
  saved.types_as_written = true;
  auto schema = ddl::ParseCreateTable(*sql, saved);
  if (!schema.ok()) return Error(ErrorCode::kCorruptInput, broken().message() + ": " + schema.error().message());
  schema->database = *database;
  schema->table = *table;
  Set(std::move(schema).value(), version);
  return OkStatus();
}

}  // namespace cdc::sources
