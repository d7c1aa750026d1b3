#pragma once

// Table ids of the log to what their rows need: resolved at the first TABLE_MAP, reused while the map's bytes and the
// tracked schemas stay the same.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/sources/mysql/binlog/captured_tables.h"
#include "runtime/sources/mysql/binlog/row_plan.h"
#include "runtime/sources/mysql/binlog/stream_decoder.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

struct MappedTable {
  std::string body;  // of the TABLE_MAP
  uint64_t generation = 0;
  std::string database;
  std::string table;
  bool captured = false;  // else nothing below is set
  std::shared_ptr<const TableVersion> version;
  RowPlan plan;
  size_t columns = 0;
  uint64_t last_batch = 0;  // number of the batch that already keeps `version` alive
  // A table keeps its id while a transaction uses it, so these count all its rows there.
  uint64_t last_group = 0;  // number of the group that had rows of it last
  uint64_t group_rows = 0;  // its rows in that group up to here
};

class TableRegistry {
 public:
  static constexpr size_t kIdsMax = 4096;  // between groups

  TableRegistry(CapturedTables* tables, TableSchemaProvider* schemas) : tables_(tables), schemas_(schemas) {}

  // Errors: kCorruptInput; kConfig, no schema fits the rows, or the program does not fit the schema.
  Status OnTableMap(std::string_view body, bool mariadb);
  // Null: no TABLE_MAP had this id. Valid until ForgetReplaced().
  MappedTable* Find(uint64_t table_id);

  // Ids begin again: a new file.
  void ForgetIds();
  // Some table changed: ask for schemas again.
  void SchemasChanged() { ++generation_; }
  // No row event of an earlier TABLE_MAP is held any longer, and a new group begins, whose statements map their tables
  // again. A table that the server opens anew has a new id, so without this the ids of a file would have no end.
  void ForgetReplaced();
  size_t size() const { return by_id_.size(); }

 private:
  Status Resolve(bool mariadb, MappedTable* table);
  Status ResolveSchema(const TableMap& map, bool mariadb, const FoundSchema& found, MappedTable* table);

  CapturedTables* tables_;
  TableSchemaProvider* schemas_;
  std::unordered_map<uint64_t, std::unique_ptr<MappedTable>> by_id_;
  uint64_t last_id_ = 0;
  MappedTable* last_ = nullptr;
  std::vector<std::unique_ptr<MappedTable>> replaced_;
  uint64_t generation_ = 1;
};

}  // namespace cdc::binlog
