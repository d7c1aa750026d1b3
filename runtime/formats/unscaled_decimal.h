#pragma once

#include <cstddef>
#include <string_view>

namespace cdc::formats {

inline constexpr size_t kUnscaledBytesMax = 32;

// The digits of a canonical decimal text as one integer, the point left out: big-endian two's complement in as few
// bytes as hold it, as Java's BigInteger.toByteArray. Points into `buffer` (kUnscaledBytesMax bytes).
// Requires: at most 75 digits.
std::string_view UnscaledBytes(std::string_view decimal, char* buffer);

}  // namespace cdc::formats
