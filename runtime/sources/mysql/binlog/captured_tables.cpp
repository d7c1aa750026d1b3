#include "runtime/sources/mysql/binlog/captured_tables.h"

#include <algorithm>
#include <tuple>

#include "runtime/sources/mysql/binlog/table_map.h"

namespace cdc::binlog {
namespace {

bool SameColumn(const Column& a, const Column& b) {
  return a.name == b.name && a.type == b.type && a.type_text == b.type_text && a.generated == b.generated &&
         a.invisible == b.invisible;
}

bool SameIndex(const Index& a, const Index& b) {
  return a.name == b.name && a.columns == b.columns && a.unique == b.unique && a.prefixed == b.prefixed;
}

}  // namespace

bool SameSchema(const Schema& a, const Schema& b) {
  return a.database == b.database && a.table == b.table &&
         std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(), SameColumn) &&
         std::equal(a.indexes.begin(), a.indexes.end(), b.indexes.begin(), b.indexes.end(), SameIndex);
}

bool IsSequence(const Schema& schema) {
  return schema.columns.size() == 8 && schema.columns[0].name == "next_not_cached_value";
}

bool CapturedTables::Wants(const std::string& database, const std::string& table) {
  const auto [entry, added] = tables_.try_emplace({database, table});
  if (added) {
    const Name name = KnownAs({database, table});
    entry->second.wanted = capture_->Wants(name.first, name.second);
  }
  return entry->second.wanted;
}

void CapturedTables::Follow(const Name& table, const Name& known_as) {
  followed_[table] = known_as;
  tables_.erase(table);
}

void CapturedTables::Unfollow(const Name& table) {
  if (followed_.erase(table) > 0) tables_.erase(table);
}

CapturedTables::Name CapturedTables::KnownAs(const Name& table) const {
  const auto followed = followed_.find(table);
  return followed == followed_.end() || capture_->Names(table.first, table.second) ? table : followed->second;
}

std::optional<CapturedTables::Name> CapturedTables::FollowedFrom(const Name& known_as) const {
  for (const auto& [table, name] : followed_) {
    if (name == known_as) return table;
  }
  return std::nullopt;
}

std::shared_ptr<const TableVersion> CapturedTables::Current(const std::string& database,
                                                            const std::string& table) const {
  const auto found = tables_.find({database, table});
  return found == tables_.end() ? nullptr : found->second.current;
}

Result<std::shared_ptr<const TableVersion>> CapturedTables::Bind(const std::string& database, const std::string& table,
                                                                 const Schema& schema, uint32_t version) {
  Wants(database, table);
  Entry& entry = tables_.find({database, table})->second;
  Schema normal = schema;
  NormaliseTypes(&normal);
  const TableVersion* current = entry.current.get();
  if (current != nullptr && SameSchema(current->schema, normal) && (version == 0 || version == current->version)) {
    return entry.current;
  }
  auto made = std::make_shared<TableVersion>();
  made->database = database;
  made->table = table;
  std::tie(made->rule_database, made->rule_table) = KnownAs({database, table});
  made->version = version != 0 ? version : current == nullptr ? 1 : current->version + 1;
  made->schema = std::move(normal);
  RETURN_IF_ERROR(capture_->Bind(made.get()));
  // The first load tells rows apart by their key, whatever the plan uses.
  made->used.resize(made->schema.columns.size(), made->used.empty());
  for (const int key : made->schema.DefaultKey()) made->used[static_cast<size_t>(key)] = true;
  if (current == nullptr) ++count_;
  entry.current = std::move(made);
  return entry.current;
}

Status CapturedTables::Fits(const std::string& database, const std::string& table, const Schema& schema) {
  TableVersion made;
  made.database = database;
  made.table = table;
  std::tie(made.rule_database, made.rule_table) = KnownAs({database, table});
  made.schema = schema;
  NormaliseTypes(&made.schema);
  return capture_->Bind(&made);
}

}  // namespace cdc::binlog
