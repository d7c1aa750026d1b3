#pragma once

#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace cdc::sources {

// Memory that the events of a connection are copied to once; batches keep the blocks that their values point into.
class EventBlocks {
 public:
  static constexpr size_t kBlockBytes = 1u << 20;

  // Lifetime of the copy: as long as block() of this moment is held.
  std::string_view Copy(std::string_view event) {
    if (block_ == nullptr || size_ - used_ < event.size()) {
      size_ = event.size() > kBlockBytes ? event.size() : kBlockBytes;
      block_ = std::shared_ptr<char>(new char[size_], std::default_delete<char[]>());
      used_ = 0;
    }
    char* to = block_.get() + used_;
    std::memcpy(to, event.data(), event.size());
    used_ += event.size();
    return {to, event.size()};
  }

  std::shared_ptr<const void> block() const { return block_; }

 private:
  std::shared_ptr<char> block_;
  size_t size_ = 0;
  size_t used_ = 0;
};

}  // namespace cdc::sources
