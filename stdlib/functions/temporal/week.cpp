#include "stdlib/functions/temporal/week.h"

// Source: calc_week() in MySQL's mysys/my_time.cc.

namespace cdc::functions {
namespace {

int DaysInYear(int year) { return static_cast<int>(DaysFromCivil(year + 1, 1, 1) - DaysFromCivil(year, 1, 1)); }

int64_t DayNumber(const CivilTime& date) { return DaysFromCivil(date.year, date.month, date.day); }

// 1970-01-01 was a Thursday.
int Weekday(int64_t days, bool from_sunday) {
  int64_t monday = ((days + 3) % 7 + 7) % 7;
  return static_cast<int>(from_sunday ? (monday + 1) % 7 : monday);
}

}  // namespace

int DayOfWeek(const CivilTime& date) { return Weekday(DayNumber(date), true); }

int DayOfYear(const CivilTime& date) { return static_cast<int>(DayNumber(date) - DaysFromCivil(date.year, 1, 1)) + 1; }

Week WeekOf(const CivilTime& date, WeekRule rule) {
  int mode = static_cast<int>(rule);
  bool from_sunday = (mode & 1) == 0;
  bool first_weekday = from_sunday != ((mode & 4) != 0);
  bool week_year = (mode & 2) != 0;
  int64_t day = DayNumber(date);
  int64_t first_day = DaysFromCivil(date.year, 1, 1);
  int weekday = Weekday(first_day, from_sunday);
  Week result{date.year, 0};
  bool starts_late = first_weekday ? weekday != 0 : weekday >= 4;
  if (date.month == 1 && date.day <= 7 - weekday) {
    if (!week_year && starts_late) return result;
    if (starts_late) {
      week_year = true;
      --result.year;
      int days = DaysInYear(result.year);
      first_day -= days;
      weekday = (weekday + 53 * 7 - days) % 7;
    }
  }
  starts_late = first_weekday ? weekday != 0 : weekday >= 4;
  int64_t days = starts_late ? day - (first_day + (7 - weekday)) : day - (first_day - weekday);
  if (week_year && days >= 52 * 7) {
    weekday = (weekday + DaysInYear(result.year)) % 7;
    bool next_year = first_weekday ? weekday == 0 : weekday < 4;
    if (next_year) return {result.year + 1, 1};
  }
  result.week = static_cast<int>(days / 7 + 1);
  return result;
}

}  // namespace cdc::functions
