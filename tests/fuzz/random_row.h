#pragma once

// A table and rows of it, made from a fuzzer's bytes: every type that a source hands out, values within what the type
// can hold, names and texts of any characters.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "stdlib/core/arena.h"
#include "stdlib/core/schema.h"
#include "stdlib/core/value.h"

namespace cdc::fuzz {

// Reads bytes from the front; zeros when there are none left.
class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : at_(data), end_(data + size) {}
  bool empty() const { return at_ == end_; }
  uint64_t Next(int bytes);
  uint64_t Below(uint64_t limit) { return Next(limit > 256 ? 8 : 1) % limit; }
  bool Flag() { return (Next(1) & 1) != 0; }
  // Up to `bytes_max` bytes.
  std::string_view Take(size_t bytes_max);

 private:
  const uint8_t* at_;
  const uint8_t* end_;
};

// UTF-8: what is none becomes U+FFFD.
std::string_view Utf8(std::string_view bytes, Arena* arena);

Column RandomColumn(Bytes* bytes, Arena* arena);
// Lifetime: texts live in `arena`.
std::vector<Value> RandomRow(const std::vector<Column>& columns, Bytes* bytes, Arena* arena);

}  // namespace cdc::fuzz
