#pragma once

// What functions over dates and times share: their arguments, and values as parts.

#include <optional>

#include "stdlib/core/temporal.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {

inline constexpr int64_t kMicrosOfSecond = 1'000'000;
inline constexpr int64_t kMicrosOfDay = 86'400 * kMicrosOfSecond;
// The ends of TIME and TIMESTAMP.
inline constexpr int64_t kTimeMicrosMax = ((int64_t{838} * 60 + 59) * 60 + 59) * kMicrosOfSecond;
inline constexpr int64_t kTimestampSecondsMax = 32536771199;
// to_days('1970-01-01')
inline constexpr int64_t kDaysBefore1970 = 719528;

// Wants argument `index` as a day: date, datetime and timestamp as they are, a text literal as date or datetime.
std::optional<Mistake> WantMoment(std::string_view function, const std::vector<Argument>& args, size_t index,
                                  Type* wanted);
// Wants a time of day or a span: as above, and time; a text literal as time before datetime.
std::optional<Mistake> WantClock(std::string_view function, const std::vector<Argument>& args, size_t index,
                                 Type* wanted);

// PIPE112 for a timestamp beside a date or datetime of a column: the one is an instant, the other local to a zone that
// is not written down.
std::optional<Mistake> NeedOneZone(std::string_view function, const Argument& a, const Argument& b);

// A timestamp is read in UTC, a zero one as zeros. Requires: not a time.
CivilTime CivilOf(const Value& value);
// Microseconds of a time (signed), or since midnight.
int64_t ClockOf(const Value& value);
// Whether it is a day of the calendar: no zero month or day.
inline bool IsCalendarDay(const CivilTime& t) { return t.month != 0 && t.day != 0; }
int DaysInMonth(int year, int month);
// Days since year 0, as to_days().
int64_t DayNumberOf(const CivilTime& t);
// The value of `type` (date, datetime, timestamp) at `t`; NULL before year 0 and after 9999.
Value MomentValue(const Type& type, const CivilTime& t);
// Microseconds as a TIME, cut to its range.
Value ClampedTime(int64_t micros);

// Functions of one date with a whole number as result. `every_date`: also zero dates have one.
Binding BindDatePart(std::string_view function, const std::vector<Argument>& args, Code code, bool every_date);
Binding BindClockPart(std::string_view function, const std::vector<Argument>& args, Code code);

// Microseconds of a number of seconds, cut behind the sixth digit; nothing beyond 64 bits.
std::optional<int64_t> MicrosOfSeconds(const Value& seconds);
// Fraction digits of the result of a function of a number of seconds.
uint8_t FractionDigits(const Type& seconds);

}  // namespace cdc::functions
