#include "runtime/sources/mysql/binlog/table_registry.h"

#include <utility>

#include "runtime/sources/mysql/binlog/bytes.h"
#include "runtime/sources/mysql/binlog/table_map.h"

namespace cdc::binlog {
namespace {

constexpr size_t kTableIdBytes = 6;

// Without names in the log, the tracked schema tells.
bool MapsSequence(const TableMap& map, const Schema* tracked) {
  if (map.columns.size() != 8) return false;
  if (map.has_names) return map.columns[0].name == "next_not_cached_value";
  return tracked != nullptr && IsSequence(*tracked);
}

}  // namespace

Status TableRegistry::OnTableMap(std::string_view body, bool mariadb) {
  if (body.size() < kTableIdBytes) return Error(ErrorCode::kCorruptInput, "TABLE_MAP is shorter than it says");
  const uint64_t id = LoadLe(reinterpret_cast<const uint8_t*>(body.data()), kTableIdBytes);
  MappedTable* known = Find(id);
  if (known != nullptr && known->generation == generation_ && known->body == body) return OkStatus();
  auto table = std::make_unique<MappedTable>();
  table->body = body;
  table->generation = generation_;
  RETURN_IF_ERROR(Resolve(mariadb, table.get()));
  std::unique_ptr<MappedTable>& slot = by_id_[id];
  if (slot != nullptr) replaced_.push_back(std::move(slot));
  slot = std::move(table);
  last_id_ = id;
  last_ = slot.get();
  return OkStatus();
}

MappedTable* TableRegistry::Find(uint64_t table_id) {
  if (last_ != nullptr && last_id_ == table_id) return last_;
  const auto found = by_id_.find(table_id);
  if (found == by_id_.end()) return nullptr;
  last_id_ = table_id;
  last_ = found->second.get();
  return last_;
}

void TableRegistry::ForgetReplaced() {
  if (by_id_.size() > kIdsMax) ForgetIds();
  replaced_.clear();
}

void TableRegistry::ForgetIds() {
  for (auto& [id, table] : by_id_) replaced_.push_back(std::move(table));
  by_id_.clear();
  last_ = nullptr;
}

Status TableRegistry::Resolve(bool mariadb, MappedTable* table) {
  ASSIGN_OR_RETURN(const TableMap map, ParseTableMap(table->body, mariadb));
  table->database = map.database;
  table->table = map.table;
  table->columns = map.columns.size();
  if (!tables_->Wants(table->database, table->table)) return OkStatus();
  ASSIGN_OR_RETURN(const FoundSchema found, schemas_->Find(table->database, table->table));
  if (mariadb && MapsSequence(map, found.schema.get())) return OkStatus();
  RETURN_IF_ERROR(ResolveSchema(map, mariadb, found, table));
  if (!table->version->captured) return OkStatus();
  ASSIGN_OR_RETURN(table->plan, MakeRowPlan(map, *table->version, mariadb));
  table->captured = true;
  return OkStatus();
}

Status TableRegistry::ResolveSchema(const TableMap& map, bool mariadb, const FoundSchema& found, MappedTable* table) {
  const std::string name = table->database + "." + table->table;
  std::string difference;
  if (found.schema != nullptr) {
    difference = Difference(map, *found.schema, mariadb);
    if (difference.empty()) {
      ASSIGN_OR_RETURN(table->version, tables_->Bind(table->database, table->table, *found.schema, found.version));
      return OkStatus();
    }
  }
  if (map.has_names) {
    ASSIGN_OR_RETURN(const Schema schema, SchemaOf(map, mariadb));
    ASSIGN_OR_RETURN(table->version, tables_->Bind(table->database, table->table, schema));
    return OkStatus();
  }
  if (found.schema == nullptr) {
    return Error(ErrorCode::kConfig, "the columns of " + name +
                                         " are not known here: the log has no names "
                                         "(binlog_row_metadata is not FULL) and there is no CREATE TABLE for it");
  }
  return Error(ErrorCode::kConfig, "rows of " + name + " do not fit the known table: " + difference);
}

}  // namespace cdc::binlog
