#pragma once

#include "stdlib/core/temporal.h"

namespace cdc::functions {

// Weeks as MySQL's WEEK() modes.
enum class WeekRule {
  kSunday,      // 0: starts on Sunday, week 1 is the first with a Sunday in this year, 0..53
  kMonday,      // 1: starts on Monday, week 1 has four days or more in this year, 0..53
  kSundayFull,  // 2: as 0, but 1..53, days before week 1 belong to the last year
  kIso,         // 3: as 1, but 1..53
  // 4 to 7: as 0 to 3 with the other rule for week 1.
  kSundayFourDays,
  kMondayFirst,
  kSundayFourDaysFull,
  kMondayFirstFull,
};

struct Week {
  int year = 0;
  int week = 0;
};

// Requires: a date without zero parts.
Week WeekOf(const CivilTime& date, WeekRule rule);
int DayOfWeek(const CivilTime& date);  // 0 is Sunday
int DayOfYear(const CivilTime& date);  // from 1

}  // namespace cdc::functions
