#include "stdlib/core/number_text.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include "stdlib/core/digit_pairs.h"

namespace cdc {
namespace {

int CountDigits(uint64_t value) {
  int digits = 1;
  for (;;) {
    if (value < 10) return digits;
    if (value < 100) return digits + 1;
    if (value < 1000) return digits + 2;
    if (value < 10000) return digits + 3;
    value /= 10000;
    digits += 4;
  }
}

// Writes exactly `digits` digits of `value`.
char* WriteDigits(uint64_t value, int digits, char* out) {
  char* end = out + digits;
  char* at = end;
  while (value >= 100) {
    at -= 2;
    std::memcpy(at, kDigitPairs + (value % 100) * 2, 2);
    value /= 100;
  }
  if (value >= 10) {
    at -= 2;
    std::memcpy(at, kDigitPairs + value * 2, 2);
  } else {
    *--at = static_cast<char>('0' + value);
  }
  while (at != out) *--at = '0';
  return end;
}

// value = 0.DIGITS * 10^point, without trailing zeros; zero is the digit 0 with point 1.
struct Shortest {
  bool negative = false;
  const char* special = nullptr;
  int count = 0;
  int point = 0;
  char digits[24];
};

// Takes the digits and the exponent out of `d.ddde±x`.
void ReadScientific(const char* at, const char* end, Shortest* result) {
  result->count = 0;
  for (; at != end && *at != 'e'; ++at) {
    if (*at != '.') result->digits[result->count++] = *at;
  }
  int exponent = 0;
  std::from_chars(at + (at[1] == '+' ? 2 : 1), end, exponent);
  result->point = exponent + 1;
}

template <typename Real>
Shortest Shorten(Real value) {
  Shortest result;
  result.negative = std::signbit(value);
  if (std::isnan(value) || std::isinf(value)) {
    result.special = std::isnan(value) ? "NaN" : result.negative ? "-Infinity" : "Infinity";
    return result;
  }
  char text[40];
  const char* end = std::to_chars(text, text + sizeof(text), std::fabs(value), std::chars_format::scientific).ptr;
  ReadScientific(text, end, &result);
  while (result.count > 1 && result.digits[result.count - 1] == '0') --result.count;
  return result;
}

// Java writes two digits at least, and takes the nearest two: that shows in the smallest subnormal numbers
// only.
template <typename Real>
Shortest ShortenForJava(Real value, Real subnormal) {
  Shortest result = Shorten(value);
  if (result.special != nullptr || result.count > 1 || value == 0 || std::fabs(value) > subnormal) return result;
  char text[40];
  const char* end = std::to_chars(text, text + sizeof(text), std::fabs(value), std::chars_format::scientific, 1).ptr;
  ReadScientific(text, end, &result);
  return result;
}

char* Put(const char* text, char* out) {
  size_t size = std::strlen(text);
  std::memcpy(out, text, size);
  return out + size;
}

char* Put(const char* from, int size, char* out) {
  if (size > 0) std::memcpy(out, from, static_cast<size_t>(size));
  return out + (size > 0 ? size : 0);
}

char* Zeros(int count, char* out) {
  for (; count > 0; --count) *out++ = '0';
  return out;
}

char* WriteFixed(const Shortest& s, bool point_always, char* out) {
  if (s.point <= 0) {
    out = Put("0.", out);
    out = Zeros(-s.point, out);
    return Put(s.digits, s.count, out);
  }
  if (s.count > s.point) {
    out = Put(s.digits, s.point, out);
    *out++ = '.';
    return Put(s.digits + s.point, s.count - s.point, out);
  }
  out = Put(s.digits, s.count, out);
  out = Zeros(s.point - s.count, out);
  return point_always ? Put(".0", out) : out;
}

char* WriteScientific(const Shortest& s, char letter, bool point_always, char* out) {
  *out++ = s.digits[0];
  if (s.count > 1) {
    *out++ = '.';
    out = Put(s.digits + 1, s.count - 1, out);
  } else if (point_always) {
    out = Put(".0", out);
  }
  *out++ = letter;
  return WriteInt(s.point - 1, out);
}

bool IsZero(const Shortest& s) { return s.count == 1 && s.digits[0] == '0'; }

char* WriteJava(const Shortest& s, char* out) {
  if (s.special != nullptr) return Put(s.special, out);
  if (s.negative) *out++ = '-';
  bool fixed = IsZero(s) || (s.point > -3 && s.point <= 7);
  return fixed ? WriteFixed(s, true, out) : WriteScientific(s, 'E', true, out);
}

// Source: my_gcvt() in strings/dtoa.cc: fixed unless the point is beyond digit 15 or 14 zeros follow it.
char* WriteMySql(const Shortest& s, bool json, char* out) {
  if (s.special != nullptr) return Put(s.special, out);
  if (s.negative) *out++ = '-';
  bool fixed = IsZero(s) || (s.point >= -14 && s.point <= 15);
  return fixed ? WriteFixed(s, json, out) : WriteScientific(s, 'e', false, out);
}

char* WritePlain(const Shortest& s, char* out) {
  if (s.special != nullptr) return Put(s.special, out);
  if (s.negative) *out++ = '-';
  return WriteFixed(s, false, out);
}

}  // namespace

char* WriteUint(uint64_t value, char* out) {
  if (value < 10) {
    *out = static_cast<char>('0' + value);
    return out + 1;
  }
  return WriteDigits(value, CountDigits(value), out);
}

char* WriteInt(int64_t value, char* out) {
  uint64_t magnitude = static_cast<uint64_t>(value);
  if (value < 0) {
    *out++ = '-';
    magnitude = 0 - magnitude;
  }
  return WriteUint(magnitude, out);
}

char* WriteUintPadded(uint64_t value, int width, char* out) {
  int digits = CountDigits(value);
  return WriteDigits(value, digits > width ? digits : width, out);
}

char* WriteJavaDouble(double value, char* out) { return WriteJava(ShortenForJava(value, 1e-300), out); }
char* WriteJavaFloat(float value, char* out) { return WriteJava(ShortenForJava(value, 1e-37f), out); }
char* WriteMySqlDouble(double value, char* out) { return WriteMySql(Shorten(value), false, out); }
char* WriteMySqlFloat(float value, char* out) { return WriteMySql(Shorten(value), false, out); }
char* WriteJsonDouble(double value, char* out) { return WriteMySql(Shorten(value), true, out); }
char* WritePlainDouble(double value, char* out) { return WritePlain(Shorten(value), out); }
char* WritePlainFloat(float value, char* out) { return WritePlain(Shorten(value), out); }

}  // namespace cdc
