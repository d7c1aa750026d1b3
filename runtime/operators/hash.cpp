#include "runtime/operators/hash.h"

#include <array>
#include <cstring>

#include "stdlib/core/utf8.h"

namespace cdc::operators {
namespace {

constexpr std::array<uint32_t, 256> MakeCrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? value >> 1 ^ 0xedb88320u : value >> 1;
    table[i] = value;
  }
  return table;
}

constexpr std::array<uint32_t, 256> kCrcTable = MakeCrcTable();

}  // namespace

uint32_t Murmur2(std::string_view bytes) {
  constexpr uint32_t kMultiplier = 0x5bd1e995;
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  size_t left = bytes.size();
  uint32_t hash = 0x9747b28cu ^ static_cast<uint32_t>(left);
  for (; left >= 4; left -= 4, at += 4) {
    uint32_t word = uint32_t{at[0]} | uint32_t{at[1]} << 8 | uint32_t{at[2]} << 16 | uint32_t{at[3]} << 24;
    word *= kMultiplier;
    word ^= word >> 24;
    word *= kMultiplier;
    hash *= kMultiplier;
    hash ^= word;
  }
  if (left >= 3) hash ^= uint32_t{at[2]} << 16;
  if (left >= 2) hash ^= uint32_t{at[1]} << 8;
  if (left >= 1) {
    hash ^= at[0];
    hash *= kMultiplier;
  }
  hash ^= hash >> 13;
  hash *= kMultiplier;
  return hash ^ hash >> 15;
}

uint32_t Crc32(std::string_view bytes) {
  uint32_t crc = 0xffffffffu;
  for (const char byte : bytes) crc = kCrcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xff] ^ crc >> 8;
  return ~crc;
}

int32_t JavaHash(std::string_view utf8) {
  uint32_t hash = 0;
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  while (at != end) {
    const char32_t c = NextCharacter(&at, end);
    if (c < 0x10000) {
      hash = hash * 31 + c;
    } else {
      hash = hash * 31 + (0xd800 + ((c - 0x10000) >> 10));
      hash = hash * 31 + (0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  return static_cast<int32_t>(hash);
}

}  // namespace cdc::operators
