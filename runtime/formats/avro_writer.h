#pragma once

// Avro's binary encoding. Functions that take a bare `char*` return the end of what they wrote.

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "stdlib/core/out_buffer.h"

namespace cdc::formats {

inline constexpr size_t kAvroLongMax = 10;  // bytes of an int or a long

inline char* WriteAvroLong(int64_t value, char* out) {
  uint64_t rest = static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63);
  for (; rest >= 0x80; rest >>= 7) *out++ = static_cast<char>(rest | 0x80);
  *out++ = static_cast<char>(rest);
  return out;
}

inline void AppendAvroLong(int64_t value, OutBuffer* out) {
  out->AdvanceTo(WriteAvroLong(value, out->Reserve(kAvroLongMax)));
}

// A string or bytes: the size, then the bytes themselves. Requires: room for kAvroLongMax + text.size().
inline char* WriteAvroText(std::string_view text, char* out) {
  out = WriteAvroLong(static_cast<int64_t>(text.size()), out);
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

inline void AppendAvroText(std::string_view text, OutBuffer* out) {
  out->AdvanceTo(WriteAvroText(text, out->Reserve(kAvroLongMax + text.size())));
}

inline char* WriteAvroFloat(float value, char* out) {
  const auto bits = std::bit_cast<uint32_t>(value);
  for (int i = 0; i < 4; ++i) *out++ = static_cast<char>(bits >> (8 * i));
  return out;
}

inline char* WriteAvroDouble(double value, char* out) {
  const auto bits = std::bit_cast<uint64_t>(value);
  for (int i = 0; i < 8; ++i) *out++ = static_cast<char>(bits >> (8 * i));
  return out;
}

}  // namespace cdc::formats
