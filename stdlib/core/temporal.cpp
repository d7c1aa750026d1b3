#include "stdlib/core/temporal.h"

#include <cstring>

#include "stdlib/core/digit_pairs.h"
#include "stdlib/core/value.h"

namespace cdc {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kSecondsPerDay = 86'400;

// Requires: value < 100.
char* WritePair(unsigned value, char* out) {
  std::memcpy(out, kDigitPairs + 2 * value, 2);
  return out + 2;
}

char* WriteFraction(unsigned microsecond, int digits, char* out) {
  if (digits <= 0) return out;
  char six[6];
  WritePair(microsecond / 10000, six);
  WritePair(microsecond / 100 % 100, six + 2);
  WritePair(microsecond % 100, six + 4);
  *out++ = '.';
  std::memcpy(out, six, 6);
  return out + (digits < 6 ? digits : 6);
}

char* WriteDate(const CivilTime& t, char* out) {
  unsigned year = static_cast<unsigned>(t.year) % 10000;
  out = WritePair(year / 100, out);
  out = WritePair(year % 100, out);
  *out++ = '-';
  out = WritePair(static_cast<unsigned>(t.month), out);
  *out++ = '-';
  return WritePair(static_cast<unsigned>(t.day), out);
}

char* WriteCivil(const CivilTime& t, int fraction_digits, char* out) {
  out = WriteDate(t, out);
  *out++ = ' ';
  out = WritePair(static_cast<unsigned>(t.hour), out);
  *out++ = ':';
  out = WritePair(static_cast<unsigned>(t.minute), out);
  *out++ = ':';
  out = WritePair(static_cast<unsigned>(t.second), out);
  return WriteFraction(static_cast<unsigned>(t.microsecond), fraction_digits, out);
}

int64_t FloorDivide(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

int64_t PackDatetime(const CivilTime& t) {
  int64_t day = (int64_t{t.year} * 13 + t.month) << 5 | t.day;
  int64_t clock = int64_t{t.hour} << 12 | int64_t{t.minute} << 6 | t.second;
  return (day << 17 | clock) << 24 | t.microsecond;
}

CivilTime UnpackDatetime(int64_t packed) {
  CivilTime t;
  t.microsecond = static_cast<int>(packed & 0xFFFFFF);
  int64_t whole = packed >> 24;
  int64_t months = whole >> 22;
  t.year = static_cast<int>(months / 13);
  t.month = static_cast<int>(months % 13);
  t.day = static_cast<int>(whole >> 17 & 31);
  t.hour = static_cast<int>(whole >> 12 & 31);
  t.minute = static_cast<int>(whole >> 6 & 63);
  t.second = static_cast<int>(whole & 63);
  return t;
}

// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int64_t DaysFromCivil(int year, int month, int day) {
  year -= month <= 2;
  int64_t era = (year >= 0 ? year : year - 399) / 400;
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilTime CivilFromMicros(int64_t micros_utc) {
  int64_t seconds = FloorDivide(micros_utc, kMicrosPerSecond);
  int64_t days = FloorDivide(seconds, kSecondsPerDay);
  int clock = static_cast<int>(seconds - days * kSecondsPerDay);
  int64_t shifted = days + 719468;
  int64_t era = FloorDivide(shifted, 146097);
  int64_t day_of_era = shifted - era * 146097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month = (5 * day_of_year + 2) / 153;

  CivilTime t;
  t.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  t.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  t.year = static_cast<int>(year_of_era + era * 400 + (t.month <= 2 ? 1 : 0));
  t.hour = clock / 3600;
  t.minute = clock / 60 % 60;
  t.second = clock % 60;
  t.microsecond = static_cast<int>(micros_utc - seconds * kMicrosPerSecond);
  return t;
}

int64_t MicrosFromCivil(const CivilTime& t) {
  int64_t days = DaysFromCivil(t.year, t.month, t.day);
  int64_t seconds = days * kSecondsPerDay + t.hour * 3600 + t.minute * 60 + t.second;
  return seconds * kMicrosPerSecond + t.microsecond;
}

char* FormatDate(int64_t packed, char* out) { return WriteDate(UnpackDatetime(packed), out); }

char* FormatDatetime(int64_t packed, int fraction_digits, char* out) {
  return WriteCivil(UnpackDatetime(packed), fraction_digits, out);
}

char* FormatTime(int64_t micros, int fraction_digits, char* out) {
  if (micros < 0) {
    *out++ = '-';
    micros = -micros;
  }
  int64_t seconds = micros / kMicrosPerSecond;
  unsigned hours = static_cast<unsigned>(seconds / 3600 % 1000);
  if (hours >= 100) *out++ = static_cast<char>('0' + hours / 100);
  out = WritePair(hours % 100, out);
  *out++ = ':';
  out = WritePair(static_cast<unsigned>(seconds / 60 % 60), out);
  *out++ = ':';
  out = WritePair(static_cast<unsigned>(seconds % 60), out);
  return WriteFraction(static_cast<unsigned>(micros % kMicrosPerSecond), fraction_digits, out);
}

char* FormatTimestamp(int64_t micros_utc, int fraction_digits, int zone_offset_s, char* out) {
  if (micros_utc == kZeroTimestamp) return WriteCivil(CivilTime(), fraction_digits, out);
  return WriteCivil(CivilFromMicros(micros_utc + zone_offset_s * kMicrosPerSecond), fraction_digits, out);
}

}  // namespace cdc
