#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace cdc {

// Bytes that live as long as a batch: allocation is a pointer bump, Reset() keeps the memory for the next
// batch. Threads: one at a time.
class Arena {
 public:
  explicit Arena(size_t block_bytes = 64 * 1024) : block_bytes_(block_bytes) {}
  Arena(Arena&& other) noexcept { *this = std::move(other); }
  Arena& operator=(Arena&& other) noexcept {
    block_bytes_ = other.block_bytes_;
    blocks_ = std::move(other.blocks_);
    other.blocks_.clear();
    current_ = std::exchange(other.current_, 0);
    next_ = std::exchange(other.next_, nullptr);
    end_ = std::exchange(other.end_, nullptr);
    reserved_ = std::exchange(other.reserved_, 0);
    return *this;
  }

  // Returns `bytes` of uninitialised memory, aligned to 16.
  char* Allocate(size_t bytes) {
    bytes = (bytes + 15) & ~size_t{15};
    if (bytes > static_cast<size_t>(end_ - next_)) [[unlikely]]
      Grow(bytes);
    char* result = next_;
    next_ += bytes;
    return result;
  }

  template <typename T>
  T* AllocateArray(size_t count) {
    return reinterpret_cast<T*>(Allocate(count * sizeof(T)));
  }

  std::string_view Copy(std::string_view bytes) {
    char* to = Allocate(bytes.size());
    if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
    return {to, bytes.size()};
  }

  // Gives the unused tail of the newest allocation back. Requires: `from` points into it.
  void ShrinkLast(char* from) { next_ = from + ((16 - (reinterpret_cast<uintptr_t>(from) & 15)) & 15); }

  // Forgets all contents; keeps at most `keep_bytes` of memory.
  void Reset(size_t keep_bytes = 1 << 20);

  size_t bytes_reserved() const { return reserved_; }

 private:
  struct Block {
    std::unique_ptr<char[]> memory;
    size_t size = 0;
  };
  void Grow(size_t bytes);

  size_t block_bytes_;
  std::vector<Block> blocks_;
  size_t current_ = 0;
  char* next_ = nullptr;
  char* end_ = nullptr;
  size_t reserved_ = 0;
};

}  // namespace cdc
