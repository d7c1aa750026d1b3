#include <cstdlib>

#include "stdlib/core/temporal.h"

// MySQL's literal forms: with separators ('2024-2-9 1:2:3.5', any punctuation between the numbers, `T` or
// blanks between date and time) and without ('20240209', '20240209010203', '240209'). Two-digit years: 70..99
// are 19xx.

namespace cdc {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsPunctuation(char c) { return c > ' ' && c < 127 && !IsDigit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

std::string_view Strip(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool PeekPunctuation() const { return !rest_.empty() && IsPunctuation(rest_.front()); }
  void Skip() { rest_.remove_prefix(1); }
  bool Take(char c) {
    if (Peek() != c) return false;
    Skip();
    return true;
  }
  int DigitRun() const {
    size_t n = 0;
    while (n < rest_.size() && IsDigit(rest_[n])) ++n;
    return static_cast<int>(n);
  }
  // Reads `digits` digits. Requires: DigitRun() >= digits, digits <= 9.
  int Number(int digits) {
    int value = 0;
    for (; digits > 0; --digits) {
      value = value * 10 + (rest_.front() - '0');
      Skip();
    }
    return value;
  }
  // A run of 1 to `digits_max` digits.
  std::optional<int> Run(int digits_max) {
    int run = DigitRun();
    if (run == 0 || run > digits_max) return std::nullopt;
    return Number(run);
  }
  // What stands after a point: microseconds; digits beyond the sixth are cut.
  int Fraction() {
    int value = 0;
    int seen = 0;
    for (; !rest_.empty() && IsDigit(rest_.front()); Skip()) {
      if (seen++ < 6) value = value * 10 + (rest_.front() - '0');
    }
    for (; seen < 6; ++seen) value *= 10;
    return value;
  }

 private:
  std::string_view rest_;
};

int FullYear(int year, int digits) { return digits > 2 ? year : year < 70 ? year + 2000 : year + 1900; }

int DaysOfMonth(int year, int month) {
  static constexpr int kDays[] = {31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month];
}

bool IsValid(const CivilTime& t, bool any_day) {
  return t.year <= 9999 && t.month <= 12 && t.day <= (any_day ? 31 : DaysOfMonth(t.year, t.month)) && t.hour <= 23 &&
         t.minute <= 59 && t.second <= 59;
}

bool ScanCompactDate(Scanner* scan, int run, CivilTime* t) {
  int year_digits = run == 6 || run == 12 ? 2 : 4;
  t->year = FullYear(scan->Number(year_digits), year_digits);
  t->month = scan->Number(2);
  t->day = scan->Number(2);
  if (run < 12) return true;
  t->hour = scan->Number(2);
  t->minute = scan->Number(2);
  t->second = scan->Number(2);
  return true;
}

bool ScanSeparatedDate(Scanner* scan, CivilTime* t) {
  int run = scan->DigitRun();
  std::optional<int> year = scan->Run(4);
  if (!year || run == 3 || !scan->PeekPunctuation()) return false;
  scan->Skip();
  std::optional<int> month = scan->Run(2);
  if (!month || !scan->PeekPunctuation()) return false;
  scan->Skip();
  std::optional<int> day = scan->Run(2);
  if (!day) return false;
  t->year = FullYear(*year, run);
  t->month = *month;
  t->day = *day;
  return true;
}

// hour[:minute[:second]]
bool ScanClock(Scanner* scan, CivilTime* t) {
  std::optional<int> hour = scan->Run(2);
  if (!hour) return false;
  t->hour = *hour;
  if (!scan->PeekPunctuation() || scan->Peek() == '.') return true;
  scan->Skip();
  std::optional<int> minute = scan->Run(2);
  if (!minute) return false;
  t->minute = *minute;
  if (!scan->PeekPunctuation() || scan->Peek() == '.') return true;
  scan->Skip();
  std::optional<int> second = scan->Run(2);
  if (!second) return false;
  t->second = *second;
  return true;
}

std::optional<CivilTime> ScanDatetime(std::string_view text, bool any_day = false) {
  Scanner scan(Strip(text));
  CivilTime t;
  int run = scan.DigitRun();
  bool has_clock = run == 12 || run == 14;
  if (run == 6 || run == 8 || has_clock) {
    ScanCompactDate(&scan, run, &t);
  } else if (!ScanSeparatedDate(&scan, &t)) {
    return std::nullopt;
  }
  if (!has_clock && (scan.Peek() == 'T' || scan.Peek() == 't' || IsBlank(scan.Peek()))) {
    scan.Skip();
    while (IsBlank(scan.Peek())) scan.Skip();
    if (!ScanClock(&scan, &t)) return std::nullopt;
    has_clock = true;
  }
  if (has_clock && scan.Take('.')) t.microsecond = scan.Fraction();
  if (!scan.AtEnd() || !IsValid(t, any_day)) return std::nullopt;
  return t;
}

}  // namespace

std::optional<int64_t> ParseDatetime(std::string_view text) {
  std::optional<CivilTime> t = ScanDatetime(text);
  if (!t) return std::nullopt;
  return PackDatetime(*t);
}

std::optional<int64_t> ParseStoredDatetime(std::string_view text) {
  std::optional<CivilTime> t = ScanDatetime(text, true);
  if (!t) return std::nullopt;
  return PackDatetime(*t);
}

std::optional<int64_t> ParseInstant(std::string_view text) {
  Scanner scan(text);
  const auto number = [&](int digits, char before) -> int {
    if ((before != '\0' && !scan.Take(before)) || scan.DigitRun() < digits) return -1;
    return scan.Number(digits);
  };
  CivilTime t;
  t.year = number(4, '\0');
  t.month = number(2, '-');
  t.day = number(2, '-');
  if (!scan.Take('T') && !scan.Take('t') && !scan.Take(' ')) return std::nullopt;
  t.hour = number(2, '\0');
  t.minute = number(2, ':');
  t.second = number(2, ':');
  if (scan.Take('.')) {
    if (scan.DigitRun() == 0) return std::nullopt;
    t.microsecond = scan.Fraction();
  }
  int64_t east_s = 0;
  if (!scan.Take('Z') && !scan.Take('z')) {
    const bool west = scan.Peek() == '-';
    if (!west && scan.Peek() != '+') return std::nullopt;
    const int hours = number(2, scan.Peek());
    const int minutes = number(2, ':');
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    east_s = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
  }
  // A leap second is the last one of its minute.
  if (t.second == 60) t.second = 59;
  const bool complete = t.year > 0 && t.month > 0 && t.day > 0 && t.hour >= 0 && t.minute >= 0 && t.second >= 0;
  if (!complete || !scan.AtEnd() || !IsValid(t, false)) return std::nullopt;
  return MicrosFromCivil(t) - east_s * 1'000'000;
}

std::optional<int64_t> ParseDate(std::string_view text) {
  std::optional<CivilTime> t = ScanDatetime(text);
  if (!t) return std::nullopt;
  CivilTime date;
  date.year = t->year;
  date.month = t->month;
  date.day = t->day;
  return PackDatetime(date);
}

std::optional<int64_t> ParseTime(std::string_view text) {
  Scanner scan(Strip(text));
  bool negative = scan.Take('-');
  int64_t hours = 0, minutes = 0, seconds = 0, micros = 0;
  int run = scan.DigitRun();
  if (run == 0 || run > 7) return std::nullopt;
  int first = scan.Number(run);
  bool day_form = IsBlank(scan.Peek());
  if (day_form) {
    while (IsBlank(scan.Peek())) scan.Skip();
    std::optional<int> hour = scan.Run(2);
    if (!hour) return std::nullopt;
    hours = int64_t{first} * 24 + *hour;
  } else if (scan.Peek() == ':') {
    hours = first;
  } else {
    hours = first / 10000;
    minutes = first / 100 % 100;
    seconds = first % 100;
  }
  if (scan.Take(':')) {
    std::optional<int> minute = scan.Run(2);
    if (!minute) return std::nullopt;
    minutes = *minute;
    if (scan.Take(':')) {
      std::optional<int> second = scan.Run(2);
      if (!second) return std::nullopt;
      seconds = *second;
    }
  }
  if (scan.Take('.')) micros = scan.Fraction();
  if (!scan.AtEnd() || minutes > 59 || seconds > 59) return std::nullopt;
  int64_t total = ((hours * 60 + minutes) * 60 + seconds) * 1'000'000 + micros;
  constexpr int64_t kTimeMax = ((838 * 60 + 59) * 60 + 59) * int64_t{1'000'000};
  if (total > kTimeMax) return std::nullopt;
  return negative ? -total : total;
}

}  // namespace cdc
