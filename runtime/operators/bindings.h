#pragma once

// What the rules of a pipe made of its source's tables (TableVersion::binding), and how that changes with the tables
// that a table is one with (`merge`).

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/plan/owners.h"
#include "runtime/operators/bound_table.h"
#include "runtime/operators/merged_tables.h"
#include "runtime/record/change_batch.h"

namespace cdc::operators {

// What TableVersion::binding points to. Of a table that is one with others it changes with them: in the transform's
// thread, and in the source's before that runs.
struct Binding {
  size_t owner = 0;                                           // its rule, in Pipe::tables
  mutable std::unique_ptr<BoundTable> table;                  // `merge widen`: null until Bindings::Enter
  MergedTable* merged = nullptr;                              // null: the table stands for itself
  mutable std::shared_ptr<const MergedColumns> columns = {};  // `merge widen`: what `table` is bound to
  mutable uint64_t seen = 0;                                  // MergedTable::changes() at that time

  // Whether Enter is due before its next row.
  bool IsOutdated() const { return merged != nullptr && seen != merged->changes(); }
};

// Null: nobody captures the table.
const Binding* BindingOf(const TableVersion& table);

// What a statement made of a logical table.
struct MergedChange {
  MergedTable* table = nullptr;                        // null: the statement is about no part of one
  std::shared_ptr<const MergedColumns> before, after;  // null: it had no part, has none

  // Whether consumers see columns come, go or change.
  bool ShowsInRecords() const;
};

class Bindings {
 public:
  // `formats`, parallel to the pipe's rules, may be filled later. `merged` null: the pipe has one source. Lifetime:
  // everything outlives the object.
  Bindings(const BindingContext& context, const plan::Owners& owners,
           const std::vector<std::unique_ptr<formats::Format>>& formats, std::shared_ptr<MergedTables> merged);

  // Fills captured, used and binding. Errors: kConfig, the program does not fit the columns.
  Status Bind(int owner, TableVersion* table);

  // Capture::SetMerged.
  Status SetMerged(const std::vector<std::shared_ptr<const TableVersion>>& tables);

  // Makes a bound table ready for its rows: it is part of its logical table, and bound to what that is now.
  // Errors: kConfig, the tables cannot be one, or the program does not fit them.
  Status Enter(const TableVersion& table);

  // Follows a statement. Errors: as Enter.
  Result<MergedChange> Change(const DdlEvent& ddl);

  // The statement as consumers of the logical table see it; nothing: it is none of their business, since what they
  // read stays as it is.
  std::optional<DdlEvent> AsLogical(const DdlEvent& ddl, const MergedChange& change) const;

  // The names of a table that the rule owns; of one that is followed, those under which it does.
  TopicNames Names(size_t owner, const TableVersion& table) const;

 private:
  plan::MergeMode ModeOf(const Binding& binding) const { return context_.pipe->tables[binding.owner].merge; }
  Result<std::unique_ptr<BoundTable>> Bound(size_t owner, const TableVersion& table, const MergedColumns* merged) const;
  // What a table says of itself to the others: its own columns, or those of its records.
  Result<std::shared_ptr<const Schema>> ColumnsOf(const TableVersion& table) const;
  MergedPart PartOf(const TableVersion& table) const;

  const BindingContext& context_;
  const plan::Owners& owners_;
  const std::vector<std::unique_ptr<formats::Format>>& formats_;
  std::shared_ptr<MergedTables> merged_;
};

}  // namespace cdc::operators
