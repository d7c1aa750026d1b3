// Folding with carry-less multiplication: 64 bytes at a time are reduced modulo the polynomial, bit-reflected, to 128
// bits, then to 32 by Barrett. Source: Gopal, Ozturk et al., "Fast CRC Computation for Generic Polynomials Using
// PCLMULQDQ Instruction", Intel 2009; its constants for 0x04C11DB7.

#include "runtime/sources/mysql/binlog/crc32.h"

#include <zlib.h>

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cdc::binlog {
namespace {

#if defined(__x86_64__)

// Eight tables: byte i of eight goes through table 7 - i, all at once ("slicing by 8").
using Tables = std::array<std::array<uint32_t, 256>, 8>;

constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0u);
    tables[0][byte] = crc;
  }
  for (size_t i = 1; i < tables.size(); ++i) {
    for (size_t byte = 0; byte < 256; ++byte) {
      tables[i][byte] = tables[i - 1][byte] >> 8 ^ tables[0][tables[i - 1][byte] & 0xFF];
    }
  }
  return tables;
}
constexpr Tables kTables = MakeTables();

// The state is the inverted CRC. For short pieces, where zlib's set-up costs more than the work.
uint32_t Slice(uint32_t state, const uint8_t* at, size_t size) {
  for (; size >= 8; at += 8, size -= 8) {
    uint64_t word;
    std::memcpy(&word, at, sizeof(word));
    word ^= state;
    state = kTables[7][word & 0xFF] ^ kTables[6][word >> 8 & 0xFF] ^ kTables[5][word >> 16 & 0xFF] ^
            kTables[4][word >> 24 & 0xFF] ^ kTables[3][word >> 32 & 0xFF] ^ kTables[2][word >> 40 & 0xFF] ^
            kTables[1][word >> 48 & 0xFF] ^ kTables[0][word >> 56];
  }
  for (; size > 0; ++at, --size) state = state >> 8 ^ kTables[0][(state ^ *at) & 0xFF];
  return state;
}

// Shorter inputs are faster by table.
constexpr size_t kFoldingMin = 64;

__attribute__((target("pclmul,sse4.1"))) inline __m128i Fold(__m128i value, __m128i factors, __m128i next) {
  const __m128i low = _mm_clmulepi64_si128(value, factors, 0x00);
  const __m128i high = _mm_clmulepi64_si128(value, factors, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

inline __m128i Load(const uint8_t* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }

__attribute__((target("pclmul,sse4.1"))) uint32_t Reduce(__m128i x) {
  const __m128i k3k4 = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
  const __m128i k5 = _mm_set_epi64x(0, 0x163cd6124);
  const __m128i polynomial = _mm_set_epi64x(0x1f7011641, 0x1db710641);
  const __m128i mask32 = _mm_set_epi32(0, ~0, 0, ~0);
  x = _mm_xor_si128(_mm_srli_si128(x, 8), _mm_clmulepi64_si128(x, k3k4, 0x10));
  const __m128i low = _mm_and_si128(x, mask32);
  x = _mm_xor_si128(_mm_srli_si128(x, 4), _mm_clmulepi64_si128(low, k5, 0x00));
  __m128i quotient = _mm_clmulepi64_si128(_mm_and_si128(x, mask32), polynomial, 0x10);
  quotient = _mm_clmulepi64_si128(_mm_and_si128(quotient, mask32), polynomial, 0x00);
  return static_cast<uint32_t>(_mm_extract_epi32(_mm_xor_si128(x, quotient), 1));
}

// Takes whole 16-byte pieces; the state is the inverted CRC. Requires: size >= 64 and a multiple of 16.
__attribute__((target("pclmul,sse4.1"))) uint32_t FoldBlocks(uint32_t state, const uint8_t* at, size_t size) {
  const __m128i k1k2 = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
  const __m128i k3k4 = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
  __m128i x0 = _mm_xor_si128(Load(at), _mm_cvtsi32_si128(static_cast<int>(state)));
  __m128i x1 = Load(at + 16), x2 = Load(at + 32), x3 = Load(at + 48);
  for (at += 64, size -= 64; size >= 64; at += 64, size -= 64) {
    x0 = Fold(x0, k1k2, Load(at));
    x1 = Fold(x1, k1k2, Load(at + 16));
    x2 = Fold(x2, k1k2, Load(at + 32));
    x3 = Fold(x3, k1k2, Load(at + 48));
  }
  x0 = Fold(x0, k3k4, x1);
  x0 = Fold(x0, k3k4, x2);
  x0 = Fold(x0, k3k4, x3);
  for (; size >= 16; at += 16, size -= 16) x0 = Fold(x0, k3k4, Load(at));
  return Reduce(x0);
}

bool HasFolding() {
  static const bool has = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
  return has;
}

#endif

}  // namespace

uint32_t Crc32Portable(std::string_view bytes) {
  return static_cast<uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

uint32_t Crc32(std::string_view bytes) {
#if defined(__x86_64__)
  const auto* at = reinterpret_cast<const uint8_t*>(bytes.data());
  if (bytes.size() < kFoldingMin) return ~Slice(~uint32_t{0}, at, bytes.size());
  if (HasFolding()) {
    const size_t folded = bytes.size() & ~size_t{15};
    return ~Slice(FoldBlocks(~uint32_t{0}, at, folded), at + folded, bytes.size() - folded);
  }
#endif
  return Crc32Portable(bytes);
}

}  // namespace cdc::binlog
