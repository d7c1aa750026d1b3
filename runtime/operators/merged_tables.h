#pragma once

// Tables that are published as one (`merge strict`, `merge widen`), as they are at one place of the log.
//
// A table becomes part of its logical table with its first row, or with the statement that makes or alters it, in the
// order of the log; those that are there when a source opens are part of it before the first row. So the columns of a
// logical table are a function of the log: the same bytes again. Several sources of a pipe share the object; each says
// what its own tables are, and sees what the others said by then.

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::operators {

// A table of a source. Ordered as `widen` goes: by name, then by source.
struct MergedPart {
  std::string database;
  std::string table;
  std::string source;
  auto operator<=>(const MergedPart&) const = default;
  std::string Name() const { return database + "." + table; }
};

// What a logical table is at one place of the log. Immutable.
struct MergedColumns {
  // kWiden: the columns of all; kStrict: those of each one's records. Named by the logical table.
  Schema schema;
  // Columns that have no type for all, by position, and why: nobody may read them.
  std::vector<std::pair<size_t, std::string>> conflicts;
  std::string key_conflict;  // why the tables' own keys cannot be the records' key; empty: they can
};

// Threads: any.
class MergedTable {
 public:
  MergedTable(plan::MergeMode mode, std::string database, std::string table);

  // Null: it has no part. The same object for as long as nothing in it changes.
  std::shared_ptr<const MergedColumns> columns() const;
  size_t parts() const;
  // Another number whenever a part has come, gone or changed.
  uint64_t changes() const { return changes_.load(std::memory_order_acquire); }

  // Says what a part's columns are from here on: the table's own, or those of its records (kStrict).
  // Errors: kConfig, PIPE129: `strict`, and another part has other columns; nothing has changed then.
  Status Join(const MergedPart& part, const Schema& columns);
  void Leave(const MergedPart& part);
  void LeaveDatabase(const std::string& source, const std::string& database);
  // Says what a source has: these parts, and no other. Errors: as Join; nothing has changed then.
  Status Replace(const std::string& source, std::map<MergedPart, std::shared_ptr<const Schema>> parts);

 private:
  template <class Gone>
  void LeaveIf(Gone gone);
  // `mutex_` is held:
  Status CheckAlike(const MergedPart& part, const Schema& columns) const;  // kStrict, with those that are there
  void Recount();

  const plan::MergeMode mode_;
  const std::string database_;
  const std::string table_;
  mutable std::mutex mutex_;
  std::map<MergedPart, std::shared_ptr<const Schema>> parts_;
  std::shared_ptr<const MergedColumns> columns_;
  std::atomic<uint64_t> changes_{1};
};

// The logical tables of one pipe. Threads: any.
class MergedTables {
 public:
  // The one that the rule with this number calls `database.table`. Lifetime: that of this object.
  MergedTable* Find(size_t rule, plan::MergeMode mode, const std::string& database, const std::string& table);
  // All of them, in a fixed order.
  std::vector<MergedTable*> All();

 private:
  std::mutex mutex_;
  std::map<std::pair<size_t, std::pair<std::string, std::string>>, std::unique_ptr<MergedTable>> tables_;
};

}  // namespace cdc::operators
