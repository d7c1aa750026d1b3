#include "runtime/formats/unscaled_decimal.h"

#include <cstdint>

namespace cdc::formats {
namespace {

using Wide = unsigned __int128;
constexpr int kLimbs = 4;

// limbs = limbs * factor + addend; little end first.
void MultiplyAdd(uint64_t* limbs, uint64_t factor, uint64_t addend) {
  Wide carry = addend;
  for (int i = 0; i < kLimbs; ++i) {
    carry += static_cast<Wide>(limbs[i]) * factor;
    limbs[i] = static_cast<uint64_t>(carry);
    carry >>= 64;
  }
}

}  // namespace

std::string_view UnscaledBytes(std::string_view decimal, char* buffer) {
  const bool negative = !decimal.empty() && decimal[0] == '-';
  uint64_t limbs[kLimbs] = {};
  uint64_t chunk = 0;
  uint64_t factor = 1;
  for (const char c : decimal) {
    if (c < '0' || c > '9') continue;
    chunk = chunk * 10 + static_cast<uint64_t>(c - '0');
    factor *= 10;
    if (factor == 1000000000000000000u) {
      MultiplyAdd(limbs, factor, chunk);
      chunk = 0;
      factor = 1;
    }
  }
  MultiplyAdd(limbs, factor, chunk);
  if (negative) {
    Wide carry = 1;
    for (uint64_t& limb : limbs) {
      carry += static_cast<uint64_t>(~limb);
      limb = static_cast<uint64_t>(carry);
      carry >>= 64;
    }
  }
  for (size_t i = 0; i < kUnscaledBytesMax; ++i) {
    buffer[kUnscaledBytesMax - 1 - i] = static_cast<char>(limbs[i / 8] >> (8 * (i % 8)));
  }
  const char sign = negative ? '\xff' : '\0';
  size_t skip = 0;
  while (skip + 1 < kUnscaledBytesMax && buffer[skip] == sign && ((buffer[skip + 1] ^ sign) & 0x80) == 0) ++skip;
  return {buffer + skip, kUnscaledBytesMax - skip};
}

}  // namespace cdc::formats
