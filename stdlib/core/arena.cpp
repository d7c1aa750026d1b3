#include "stdlib/core/arena.h"

#include <algorithm>

namespace cdc {

void Arena::Grow(size_t bytes) {
  size_t following = next_ == nullptr ? 0 : current_ + 1;
  // Kept blocks that are too small for this request are passed over until the next Reset().
  while (following < blocks_.size() && blocks_[following].size < bytes) ++following;
  if (following == blocks_.size()) {
    size_t size = std::max(block_bytes_, bytes);
    blocks_.push_back({std::unique_ptr<char[]>(new char[size]), size});
    reserved_ += size;
  }
  current_ = following;
  next_ = blocks_[current_].memory.get();
  end_ = next_ + blocks_[current_].size;
}

void Arena::Reset(size_t keep_bytes) {
  while (!blocks_.empty() && reserved_ > keep_bytes) {
    reserved_ -= blocks_.back().size;
    blocks_.pop_back();
  }
  current_ = 0;
  next_ = blocks_.empty() ? nullptr : blocks_[0].memory.get();
  end_ = blocks_.empty() ? nullptr : next_ + blocks_[0].size;
}

}  // namespace cdc
