#pragma once

// MySQL's dates and times as integers that compare like the dates they stand for, and their text.
//
// Packed datetime (MySQL's own in-memory form): ((((year*13 + month) << 5 | day) << 17 | hour << 12 | minute
// << 6 | second) << 24) | microsecond. Zero months and days are legal values ('0000-00-00', '2024-02-00').

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cdc {

struct CivilTime {
  int year = 0, month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  int microsecond = 0;
};

int64_t PackDatetime(const CivilTime& t);
CivilTime UnpackDatetime(int64_t packed);

// Days since 1970-01-01 of a proleptic Gregorian date. Requires: month 1..12, day 1..31.
int64_t DaysFromCivil(int year, int month, int day);
// The UTC civil time of microseconds since 1970.
CivilTime CivilFromMicros(int64_t micros_utc);
int64_t MicrosFromCivil(const CivilTime& t);

// Text as MySQL prints it, `fraction_digits` 0..6, cut, not rounded. They write to `out` (at least 40 bytes)
// and return the end.
char* FormatDate(int64_t packed, char* out);                           // 2024-02-29
char* FormatDatetime(int64_t packed, int fraction_digits, char* out);  // 2024-02-29 10:11:12.345
char* FormatTime(int64_t micros, int fraction_digits, char* out);      // -838:59:59.5
// A timestamp shown in a zone `zone_offset_s` seconds east of UTC; kZeroTimestamp as 0000-00-00 00:00:00.
char* FormatTimestamp(int64_t micros_utc, int fraction_digits, int zone_offset_s, char* out);

// Parse MySQL's text forms; nothing if the text is none or out of range.
std::optional<int64_t> ParseDate(std::string_view text);
std::optional<int64_t> ParseDatetime(std::string_view text);
// What a server prints of a stored DATE or DATETIME: days up to 31 in every month too (ALLOW_INVALID_DATES).
std::optional<int64_t> ParseStoredDatetime(std::string_view text);
std::optional<int64_t> ParseTime(std::string_view text);
// A moment with its zone, "2026-11-20T08:00:00.5+01:00" (RFC 3339; a blank may stand for the T): microseconds since
// 1970 UTC, digits beyond the sixth cut.
std::optional<int64_t> ParseInstant(std::string_view text);

}  // namespace cdc
