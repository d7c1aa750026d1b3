#pragma once

// The tables of a source as they are at the place in the log that is being read: begun from SHOW CREATE TABLE, changed
// by every DDL of the log, saved with the position so that a restart never reads yesterday's rows with today's columns.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/record/state_record.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::sources {

struct TrackedTable {
  std::shared_ptr<const Schema> schema;  // null: not tracked
  uint32_t version = 0;
};

// What a statement did to one tracked table.
struct TableChange {
  ddl::TableName table;          // name before
  ddl::TableName new_name;       // other than `table` after a rename
  const ddl::SchemaChange* change = nullptr;
  TrackedTable before;           // empty: it was not tracked
  TrackedTable after;            // empty: dropped, or its columns are not known
};

class SchemaTracker {
 public:
  void Clear() { tables_.clear(); }
  bool empty() const { return tables_.empty(); }

  void Set(Schema schema, uint32_t version);
  TrackedTable Find(const std::string& database, const std::string& table) const;
  // "db.table" of all tracked tables, in order.
  std::vector<ddl::TableName> Names() const;

  // Applies a statement of the log. `statement` outlives the result.
  // Errors: kConfig, it does not fit the tracked table.
  Result<std::vector<TableChange>> Apply(const ddl::Statement& statement, const ddl::Dialect& dialect);

  // State of kind `schema`: the table's definition as JSON with a CREATE TABLE text. A dropped table's record is empty.
  StateRecord Record(const ddl::TableName& name) const;
  // Errors: kCorruptInput.
  Status Restore(const StateRecord& record, const ddl::Dialect& dialect);

 private:
  TrackedTable Change(const ddl::SchemaChange& change, const ddl::Dialect& dialect, const TrackedTable& before, Status* status);

  std::map<std::pair<std::string, std::string>, TrackedTable> tables_;
};

}  // namespace cdc::sources
