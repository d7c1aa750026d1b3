#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "stdlib/core/check.h"

namespace cdc {

// A growing byte buffer that encoders write to: no zero-filling, no terminator, Clear() keeps the memory.
// Pointers into it are valid until the next Reserve or Append that grows it: keep offsets.
class OutBuffer {
 public:
  OutBuffer() = default;
  OutBuffer(const OutBuffer&) = delete;
  OutBuffer& operator=(const OutBuffer&) = delete;
  OutBuffer(OutBuffer&& other) noexcept { Swap(other); }
  OutBuffer& operator=(OutBuffer&& other) noexcept {
    Swap(other);
    return *this;
  }
  ~OutBuffer() { std::free(data_); }

  // Makes room for `bytes` more and returns where to write them; follow with Advance().
  char* Reserve(size_t bytes) {
    if (capacity_ - size_ < bytes) [[unlikely]]
      Grow(bytes);
    return data_ + size_;
  }
  void Advance(size_t bytes) { size_ += bytes; }
  void AdvanceTo(const char* end) { size_ = static_cast<size_t>(end - data_); }

  void Append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(Reserve(bytes.size()), bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  void Append(char byte) {
    *Reserve(1) = byte;
    ++size_;
  }

  // Cuts the buffer back to an earlier size().
  void Truncate(size_t size) {
    CHECK(size <= size_);
    size_ = size;
  }
  void Clear() { size_ = 0; }

  const char* data() const { return data_; }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  std::string_view view() const { return {data_, size_}; }
  std::string_view view(size_t from) const { return {data_ + from, size_ - from}; }

 private:
  void Grow(size_t bytes) {
    size_t wanted = capacity_ * 2 > size_ + bytes ? capacity_ * 2 : size_ + bytes;
    if (wanted < 4096) wanted = 4096;
    data_ = static_cast<char*>(std::realloc(data_, wanted));
    CHECK(data_ != nullptr);
    capacity_ = wanted;
  }
  void Swap(OutBuffer& other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace cdc
