#include "runtime/sources/mysql/binlog/wire_values.h"

#include <algorithm>
#include <cstring>

#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/core/value.h"

namespace cdc::binlog {
namespace {

constexpr int kDigitsPerGroup = 9;
constexpr uint8_t kBytesOfDigits[10] = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
constexpr int64_t kPowers[7] = {1, 10, 100, 1000, 10000, 100000, 1000000};
constexpr size_t kDecimalWireMax = 40;

int64_t MicrosOf(int64_t hours, int64_t minutes, int64_t seconds, int64_t micros) {
  return ((hours * 60 + minutes) * 60 + seconds) * kMicrosPerSecond + micros;
}

// Reads digit groups in wire order.
class DigitGroups {
 public:
  explicit DigitGroups(const uint8_t* in) : in_(in) {}
  uint64_t Take(int digits) {
    const int bytes = kBytesOfDigits[digits];
    const uint64_t value = LoadBe(in_, bytes);
    in_ += bytes;
    return value;
  }

 private:
  const uint8_t* in_;
};

// Writes the digits before the point without leading zeros; true if all are zero.
bool WriteWhole(DigitGroups* groups, int digits, char** out) {
  bool zero = true;
  const auto write = [&](int count) {
    const uint64_t value = groups->Take(count);
    if (zero && value == 0) return;
    *out = zero ? WriteUint(value, *out) : WriteUintPadded(value, count, *out);
    zero = false;
  };
  if (digits % kDigitsPerGroup != 0) write(digits % kDigitsPerGroup);
  for (int i = 0; i < digits / kDigitsPerGroup; ++i) write(kDigitsPerGroup);
  if (zero) *(*out)++ = '0';
  return zero;
}

// Writes the digits behind the point; true if all are zero.
bool WriteFraction(DigitGroups* groups, int digits, char** out) {
  bool zero = true;
  const auto write = [&](int count) {
    const uint64_t value = groups->Take(count);
    zero = zero && value == 0;
    *out = WriteUintPadded(value, count, *out);
  };
  for (int i = 0; i < digits / kDigitsPerGroup; ++i) write(kDigitsPerGroup);
  if (digits % kDigitsPerGroup != 0) write(digits % kDigitsPerGroup);
  return zero;
}

bool PackChecked(const CivilTime& t, int64_t* packed) {
  *packed = PackDatetime(t);
  return t.year <= 9999 && t.month <= 12 && t.day <= 31 && t.hour <= 23 && t.minute <= 59 && t.second <= 59 &&
         t.microsecond < kMicrosPerSecond;
}

}  // namespace

size_t DecimalWireSize(int precision, int scale) {
  const int whole = precision - scale;
  return static_cast<size_t>(whole / kDigitsPerGroup * 4 + kBytesOfDigits[whole % kDigitsPerGroup] +
                             scale / kDigitsPerGroup * 4 + kBytesOfDigits[scale % kDigitsPerGroup]);
}

char* WriteWireDecimal(const uint8_t* in, int precision, int scale, char* out) {
  uint8_t bytes[kDecimalWireMax];
  const size_t size = std::min(DecimalWireSize(precision, scale), kDecimalWireMax);
  std::memcpy(bytes, in, size);
  const bool negative = (bytes[0] & 0x80) == 0;
  bytes[0] ^= 0x80;
  if (negative) {
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(~bytes[i]);
  }
  DigitGroups groups(bytes);
  char* const begin = out;
  *out++ = '-';
  bool zero = WriteWhole(&groups, precision - scale, &out);
  if (scale > 0) {
    *out++ = '.';
    zero = WriteFraction(&groups, scale, &out) && zero;
  }
  if (negative && !zero) return out;
  std::memmove(begin, begin + 1, static_cast<size_t>(out - begin - 1));
  return out - 1;
}

bool ReadDate(const uint8_t* p, int64_t* packed) {
  const int v = static_cast<int>(LoadLe(p, 3));
  return PackChecked({.year = v >> 9, .month = v >> 5 & 15, .day = v & 31}, packed);
}

bool ReadTimestamp2(const uint8_t* p, int fraction_bytes, int64_t* micros) {
  const auto seconds = static_cast<int64_t>(LoadBe(p, 4));
  const int64_t fraction = LoadFraction(p + 4, fraction_bytes);
  *micros = seconds == 0 && fraction == 0 ? kZeroTimestamp : seconds * kMicrosPerSecond + fraction;
  return fraction < kMicrosPerSecond;
}

bool ReadTime2(const uint8_t* p, int fraction_bytes, int64_t* micros) {
  const int fraction_bits = 8 * fraction_bytes;
  int64_t v = static_cast<int64_t>(LoadBe(p, 3 + fraction_bytes)) - (int64_t{0x800000} << fraction_bits);
  const bool negative = v < 0;
  if (negative) v = -v;
  constexpr int64_t kUnits[4] = {0, 10000, 100, 1};
  const int64_t fraction = (v & ((int64_t{1} << fraction_bits) - 1)) * kUnits[fraction_bytes];
  const int64_t clock = v >> fraction_bits;
  const int64_t total = MicrosOf(clock >> 12 & 0x3FF, clock >> 6 & 63, clock & 63, fraction);
  *micros = negative ? -total : total;
  return fraction < kMicrosPerSecond;
}

int OldTimeSize(int fsp) {
  constexpr int kSizes[7] = {3, 4, 4, 5, 5, 5, 6};
  return kSizes[fsp];
}

int OldDatetimeSize(int fsp) {
  constexpr int kSizes[7] = {8, 6, 6, 7, 7, 7, 8};
  return kSizes[fsp];
}

bool ReadOldTime(const uint8_t* p, int fsp, int64_t* micros) {
  if (fsp == 0) {
    int64_t v = static_cast<int64_t>(LoadLe(p, 3) << 40) >> 40;
    const bool negative = v < 0;
    if (negative) v = -v;
    const int64_t total = MicrosOf(v / 10000, v / 100 % 100, v % 100, 0);
    *micros = negative ? -total : total;
    return v / 100 % 100 < 60 && v % 100 < 60;
  }
  // MariaDB: seconds with fraction as one number, moved up by 838:59:60 so that it is positive.
  constexpr int64_t kZeroPoint = 3'020'400;
  const auto v = static_cast<int64_t>(LoadBe(p, OldTimeSize(fsp))) - kZeroPoint * kPowers[fsp];
  *micros = v * kPowers[6 - fsp];
  return true;
}

bool ReadOldDatetime(const uint8_t* p, int fsp, int64_t* packed) {
  CivilTime t;
  if (fsp == 0) {
    const uint64_t v = LoadLe64(p);
    if (v > 99999999999999) return false;
    const auto part = [v](uint64_t divisor, uint64_t modulus) { return static_cast<int>(v / divisor % modulus); };
    t = {.year = part(10000000000, 10000),
         .month = part(100000000, 100),
         .day = part(1000000, 100),
         .hour = part(10000, 100),
         .minute = part(100, 100),
         .second = part(1, 100)};
    return PackChecked(t, packed);
  }
  auto v = static_cast<int64_t>(LoadBe(p, OldDatetimeSize(fsp)));
  if (v < 0) return false;
  const auto take = [&v](int64_t modulus) {
    const int64_t part = v % modulus;
    v /= modulus;
    return static_cast<int>(part);
  };
  t.microsecond = static_cast<int>(take(kPowers[fsp]) * kPowers[6 - fsp]);
  t.second = take(60);
  t.minute = take(60);
  t.hour = take(24);
  t.day = take(32);
  t.month = take(13);
  if (v > 9999) return false;
  t.year = static_cast<int>(v);
  return PackChecked(t, packed);
}

bool ReadOldTimestamp(const uint8_t* p, int fsp, int64_t* micros) {
  const auto seconds = static_cast<int64_t>(fsp == 0 ? LoadLe(p, 4) : LoadBe(p, 4));
  const int64_t fraction = static_cast<int64_t>(LoadBe(p + 4, FractionBytes(fsp))) * kPowers[6 - fsp];
  *micros = seconds == 0 && fraction == 0 ? kZeroTimestamp : seconds * kMicrosPerSecond + fraction;
  return fraction < kMicrosPerSecond;
}

}  // namespace cdc::binlog
