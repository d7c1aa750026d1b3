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
#include "runtime/sources/schema/databases.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::sources {

struct TrackedTable {
  std::shared_ptr<const Schema> schema;  // null: not tracked, or dropped
  uint32_t version = 0;                  // grows with every change, past a DROP too
};

// What a statement did to one tracked table.
struct TableChange {
  ddl::TableName table;     // name before
  ddl::TableName new_name;  // other than `table` after a rename
  const ddl::SchemaChange* change = nullptr;
  TrackedTable before;  // without schema: it was not tracked
  TrackedTable after;   // without schema: dropped, or its columns are not known
  std::string misfit;   // why the statement could not be applied: the columns are taken to have it already
};

// What to do with a statement that does not fit the tracked table.
enum class Misfit {
  kRefuse,
  kKeep,  // keep the columns as they are: today's definition of a table whose log is read from further back. Only where
          // every row is checked against the log's own metadata
};

class SchemaTracker {
 public:
  void Clear() {
    tables_.clear();
    databases_.Clear();
  }
  DatabaseDefaults& databases() { return databases_; }

  void Set(Schema schema, uint32_t version);
  TrackedTable Find(const std::string& database, const std::string& table) const;
  // All tracked tables, in order.
  std::vector<ddl::TableName> Names() const;

  // Applies a statement of the log. `statement` outlives the result.
  // Errors: kConfig, it does not fit the tracked table.
  Result<std::vector<TableChange>> Apply(const ddl::Statement& statement, const ddl::Dialect& dialect, Misfit misfit);
  // Returns the tables that are gone with it.
  std::vector<TableChange> DropDatabase(const std::string& database);

  // State of kind `schema`, item `database.table/version`: the table's definition as JSON with a CREATE TABLE text.
  // Record adds the table as it is; the second form also deletes what it was before the change.
  void Record(const ddl::TableName& name, std::vector<StateRecord>* state) const;
  static void Record(const TableChange& change, std::vector<StateRecord>* state);
  // Takes the records of databases() too. Of several versions the newest counts. Errors: kCorruptInput.
  Status Restore(const StateRecord& record, const ddl::Dialect& dialect);

 private:
  TrackedTable Change(const ddl::SchemaChange& change, const ddl::Dialect& dialect, const TrackedTable& before,
                      Status* status);
  void Move(const TableChange& change);

  std::map<std::pair<std::string, std::string>, TrackedTable> tables_;
  DatabaseDefaults databases_;
};

}  // namespace cdc::sources
