#pragma once

// Numbers and times as row images hold them, to the forms of stdlib/core/value.h.

#include <cstddef>
#include <cstdint>

#include "runtime/sources/mysql/binlog/bytes.h"

namespace cdc::binlog {

inline constexpr int64_t kMicrosPerSecond = 1'000'000;

// DECIMAL(precision, scale): bytes on the wire, at most 31. Requires: scale <= precision <= 65, scale <= 30.
size_t DecimalWireSize(int precision, int scale);
// Writes the canonical text and returns its end; `out` has at least kDecimalTextMax bytes.
// Requires: DecimalWireSize() readable bytes.
inline constexpr size_t kDecimalTextMax = 112;
char* WriteWireDecimal(const uint8_t* in, int precision, int scale, char* out);

// Bytes of `fsp` fraction digits.
inline int FractionBytes(int fsp) { return (fsp + 1) / 2; }

// The fraction of a DATETIME2 or TIMESTAMP2 in microseconds.
inline int64_t LoadFraction(const uint8_t* p, int bytes) {
  switch (bytes) {
    case 0:
      return 0;
    case 1:
      return int64_t{p[0]} * 10000;
    case 2:
      return static_cast<int64_t>(LoadBe(p, 2)) * 100;
    default:
      return static_cast<int64_t>(LoadBe(p, 3));
  }
}

// All of these return false for bytes that no server writes.

// DATE, 3 bytes, to a packed datetime.
bool ReadDate(const uint8_t* p, int64_t* packed);
// DATETIME2, 5 bytes and the fraction, to a packed datetime.
inline bool ReadDatetime2(const uint8_t* p, int fraction_bytes, int64_t* packed) {
  const int64_t whole = static_cast<int64_t>(LoadBe(p, 5)) - 0x8000000000;
  const int64_t micros = LoadFraction(p + 5, fraction_bytes);
  *packed = whole << 24 | micros;
  return whole >= 0 && micros < kMicrosPerSecond;
}
// TIMESTAMP2, 4 bytes and the fraction, to microseconds since 1970 or kZeroTimestamp.
bool ReadTimestamp2(const uint8_t* p, int fraction_bytes, int64_t* micros);
// TIME2, 3 bytes and the fraction, to signed microseconds.
bool ReadTime2(const uint8_t* p, int fraction_bytes, int64_t* micros);

// The types before MySQL 5.6, and MariaDB's own with fractions (mysql56_temporal_format=OFF), which have no metadata.
int OldTimeSize(int fsp);
int OldDatetimeSize(int fsp);
inline int OldTimestampSize(int fsp) { return 4 + FractionBytes(fsp); }
bool ReadOldTime(const uint8_t* p, int fsp, int64_t* micros);
bool ReadOldDatetime(const uint8_t* p, int fsp, int64_t* packed);
bool ReadOldTimestamp(const uint8_t* p, int fsp, int64_t* micros);

}  // namespace cdc::binlog
