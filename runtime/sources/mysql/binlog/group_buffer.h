#pragma once

// What an open group has brought so far: rows events as bytes, and DDL outcomes, in order.

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/record/change_batch.h"
#include "runtime/sources/mysql/binlog/inflate.h"
#include "runtime/sources/mysql/binlog/table_registry.h"

namespace cdc::binlog {

struct GroupItem {
  // A rows event of a captured table; null for a DDL.
  MappedTable* table = nullptr;
  Op op = Op::kInsert;
  bool partial = false;
  uint32_t event_time_s = 0;
  uint64_t event_offset = 0;
  std::string_view images;
  uint32_t block = 0;      // index of the block that keeps `images`
  uint64_t row_event = 0;  // ordinal in the group, over all tables and DDL statements
  // How far it has been handed out.
  size_t bytes_done = 0;
  uint64_t rows_done = 0;

  std::unique_ptr<DdlOutcome> ddl;
};

class GroupBuffer {
 public:
  explicit GroupBuffer(size_t block_bytes) : block_bytes_(block_bytes) {}

  void Clear();

  // Adds a rows event whose images `owner` keeps alive. `span` is how many log bytes the group has so far: a group that
  // is spread over many blocks is copied together, so that what it keeps alive stays near what it holds.
  void AddRows(GroupItem item, const std::shared_ptr<const void>& owner, size_t owner_bytes, uint64_t span);
  void AddDdl(GroupItem item) { items_.push_back(std::move(item)); }

  // Drops the rows events from this ordinal on; DDL stays.
  void DropRowsFrom(uint64_t row_event);

  // Moves DDL outcomes to `*out`, by ordinal.
  void MoveDdl(std::map<uint64_t, DdlOutcome>* out);

  bool empty() const { return next_ == items_.size(); }
  GroupItem& front() { return items_[next_]; }
  void Pop() { ++next_; }
  const Block& block(const GroupItem& item) const { return blocks_[item.block]; }
  // Of images, and of what is kept for each of them.
  size_t held_bytes() const { return held_bytes_; }

 private:
  void Own(GroupItem* item);

  const size_t block_bytes_;
  std::vector<GroupItem> items_;
  size_t next_ = 0;
  std::vector<Block> blocks_;
  size_t held_bytes_ = 0;
  // Copies go into blocks of our own.
  bool copying_ = false;
  char* own_at_ = nullptr;
  size_t own_left_ = 0;
};

}  // namespace cdc::binlog
