#pragma once

// Decodes rows events into change batches.

#include <cstdint>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/binlog/group_buffer.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

class BatchWriter {
 public:
  explicit BatchWriter(size_t batch_bytes) : batch_bytes_(batch_bytes) {}

  // Before and after something is written to `out`. Tells a batch that goes on as it was left from any other.
  void Attach(ChangeBatch* out);
  void Detach();
  // The rows to come belong to another transaction.
  void BeginGroup() {
    group_added_ = false;
    ordinal_ = 0;
    ++group_;
  }
  bool group_added() const { return group_added_; }
  void AddGroup(Group group);

  // Writes rows until the event ends (true) or the batch is full (false); at least one. `last` is whether no captured
  // row of the transaction follows this event.
  // Errors: kCorruptInput.
  Result<bool> WriteRows(GroupItem* item, const Block& block, bool last);
  // Counts rows that were handed out before, at most `rows`; goes past them.
  // Errors: kCorruptInput.
  Status SkipRows(GroupItem* item, uint64_t rows);

  bool full() const { return used_ >= batch_bytes_ || out_->block_bytes >= kPinnedBatchesMax * batch_bytes_; }
  uint64_t rows() const { return rows_; }

 private:
  static constexpr size_t kPinnedBatchesMax = 4;
  void Keep(MappedTable* table, const Block& block);
  // The table's rows are counted from its first one in the group.
  void CountFromGroup(MappedTable* table) const;
  bool ReadRow(ImageReader* reader, const GroupItem& item, RowChange* row);

  const size_t batch_bytes_;
  struct Sizes {
    size_t rows = 0, groups = 0, tables = 0, blocks = 0;
    bool operator==(const Sizes&) const = default;
  };
  static Sizes SizesOf(const ChangeBatch& batch) {
    return {batch.rows.size(), batch.groups.size(), batch.tables.size(), batch.blocks.size()};
  }

  ChangeBatch* out_ = nullptr;
  Sizes left_;
  uint64_t batch_ = 0;  // counts batches
  size_t used_ = 0;     // bytes of events and values in this batch
  bool group_added_ = false;
  uint64_t ordinal_ = 0;
  uint64_t group_ = 1;  // counts groups
  uint64_t rows_ = 0;
};

}  // namespace cdc::binlog
