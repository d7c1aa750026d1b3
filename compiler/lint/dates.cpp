#include "compiler/lint/dates.h"

namespace cdc::lint {
namespace {

std::optional<int> Digits(std::string_view text) {
  int number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysOf(int year, int month) {
  if (month == 2) return IsLeap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

}  // namespace

std::optional<int64_t> ReadDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::optional<int> year = Digits(text.substr(0, 4));
  std::optional<int> month = Digits(text.substr(5, 2));
  std::optional<int> day = Digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  if (*month < 1 || *month > 12 || *day < 1 || *day > DaysOf(*year, *month)) return std::nullopt;
  int64_t days = *day - 1;
  for (int earlier = 1970; earlier < *year; ++earlier) days += IsLeap(earlier) ? 366 : 365;
  for (int earlier = 1; earlier < *month; ++earlier) days += DaysOf(*year, earlier);
  return days;
}

}  // namespace cdc::lint
