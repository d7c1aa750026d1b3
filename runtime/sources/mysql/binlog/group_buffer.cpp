#include "runtime/sources/mysql/binlog/group_buffer.h"

#include <algorithm>
#include <cstring>

namespace cdc::binlog {
namespace {

// Log blocks that a group may keep alive before its rows are copied together.
constexpr uint64_t kSpreadBlocksMax = 4;
constexpr size_t kItemBytes = 2 * sizeof(GroupItem);  // a vector that grows has up to twice the room it needs
constexpr size_t kItemsKept = 10'000;                 // room that the next group finds

}  // namespace

void GroupBuffer::Clear() {
  items_.clear();
  if (items_.capacity() > kItemsKept) items_.shrink_to_fit();
  next_ = 0;
  blocks_.clear();
  held_bytes_ = 0;
  copying_ = false;
  own_at_ = nullptr;
  own_left_ = 0;
}

// Moves an item's bytes into a block of our own, the last one of blocks_.
void GroupBuffer::Own(GroupItem* item) {
  const size_t size = item->images.size();
  if (own_left_ < size) {
    const size_t capacity = std::max(block_bytes_, size);
    std::shared_ptr<char[]> memory(new char[capacity]);
    own_at_ = memory.get();
    own_left_ = capacity;
    blocks_.push_back({std::move(memory), capacity});
  }
  if (size > 0) std::memcpy(own_at_, item->images.data(), size);
  item->images = {own_at_, size};
  item->block = static_cast<uint32_t>(blocks_.size() - 1);
  own_at_ += size;
  own_left_ -= size;
}

void GroupBuffer::AddRows(GroupItem item, const std::shared_ptr<const void>& owner, size_t owner_bytes, uint64_t span) {
  held_bytes_ += item.images.size() + kItemBytes;
  if (!copying_ && span > kSpreadBlocksMax * block_bytes_) {
    copying_ = true;
    std::vector<Block> borrowed;
    borrowed.swap(blocks_);
    for (GroupItem& held : items_) {
      if (held.table != nullptr) Own(&held);
    }
  }
  if (copying_) {
    Own(&item);
  } else {
    if (blocks_.empty() || blocks_.back().owner != owner) blocks_.push_back({owner, owner_bytes});
    item.block = static_cast<uint32_t>(blocks_.size() - 1);
  }
  items_.push_back(std::move(item));
}

void GroupBuffer::MoveDdl(std::map<uint64_t, DdlOutcome>* out) {
  for (GroupItem& item : items_) {
    if (item.ddl != nullptr) out->emplace(item.row_event, std::move(*item.ddl));
  }
}

void GroupBuffer::DropRowsFrom(uint64_t row_event) {
  std::erase_if(items_, [&](const GroupItem& item) {
    const bool drop = item.table != nullptr && item.row_event >= row_event;
    if (drop) held_bytes_ -= item.images.size() + kItemBytes;
    return drop;
  });
}

}  // namespace cdc::binlog
