#include "stdlib/functions/temporal/read_format.h"

#include <algorithm>

#include "stdlib/functions/temporal/format.h"

// Source: extract_date_time() in MySQL's sql/item_timefunc.cc.

namespace cdc::functions {
namespace {

bool IsFormatBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsFormatDigit(char c) { return c >= '0' && c <= '9'; }
char FoldAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool StartsWithWord(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin(),
                    [](char a, char b) { return FoldAscii(a) == FoldAscii(b); });
}

class FormatReader {
 public:
  explicit FormatReader(std::string_view text) : rest_(text) {}

  bool Run(std::string_view format) {
    for (size_t i = 0; i < format.size(); ++i) {
      while (!rest_.empty() && IsFormatBlank(rest_.front())) rest_.remove_prefix(1);
      if (rest_.empty()) return true;
      if (format[i] == '%' && i + 1 < format.size()) {
        if (!Part(format[++i])) return false;
      } else if (!IsFormatBlank(format[i])) {
        if (rest_.front() != format[i]) return false;
        rest_.remove_prefix(1);
      }
    }
    return true;
  }

  std::optional<CivilTime> Finish() {
    if (twelve_hours_) {
      if (t_.hour < 1 || t_.hour > 12) return std::nullopt;
      t_.hour = t_.hour % 12 + afternoon_;
    }
    if (day_of_year_ > 0) {
      int64_t days = DaysFromCivil(t_.year, 1, 1) + day_of_year_ - 1;
      CivilTime day = CivilFromMicros(days * kMicrosOfDay);
      t_.year = day.year;
      t_.month = day.month;
      t_.day = day.day;
    }
    bool fits = t_.month <= 12 && t_.day <= 31 && t_.hour <= 23 && t_.minute <= 59 && t_.second <= 59;
    return fits ? std::optional(t_) : std::nullopt;
  }

 private:
  // At most `digits_max` digits; -1 if there is none.
  int Number(int digits_max, int* digits = nullptr) {
    int value = 0, seen = 0;
    for (; seen < digits_max && !rest_.empty() && IsFormatDigit(rest_.front()); ++seen) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (digits != nullptr) *digits = seen;
    return seen == 0 ? -1 : value;
  }
  bool Field(int digits_max, int* field) {
    *field = Number(digits_max);
    return *field >= 0;
  }
  bool Year(int digits_max) {
    int digits = 0;
    t_.year = Number(digits_max, &digits);
    if (digits <= 2 && t_.year >= 0) t_.year += t_.year < 70 ? 2000 : 1900;
    return t_.year >= 0;
  }
  // The number of the name that the text starts with, cut to `letters`; -1 if with none.
  template <size_t N>
  int Name(const std::array<std::string_view, N>& names, size_t letters) {
    for (size_t i = 0; i < N; ++i) {
      std::string_view name = names[i].substr(0, letters);
      if (name.empty() || !StartsWithWord(rest_, name)) continue;
      rest_.remove_prefix(name.size());
      return static_cast<int>(i);
    }
    return -1;
  }
  bool Month(size_t letters) {
    t_.month = Name(kMonthNames, letters);
    return t_.month > 0;
  }
  bool Fraction() {
    int digits = 0;
    t_.microsecond = Number(6, &digits);
    for (; digits > 0 && digits < 6; ++digits) t_.microsecond *= 10;
    return t_.microsecond >= 0;
  }
  bool HalfOfDay() {
    if (!twelve_hours_) return false;
    if (StartsWithWord(rest_, "PM")) {
      afternoon_ = 12;
    } else if (!StartsWithWord(rest_, "AM")) {
      return false;
    }
    rest_.remove_prefix(2);
    return true;
  }
  bool Part(char c) {
    constexpr size_t kShort = 3, kWhole = 16;
    switch (c) {
      case 'Y':
        return Year(4);
      case 'y':
        return Year(2);
      case 'm':
      case 'c':
        return Field(2, &t_.month);
      case 'M':
        return Month(kWhole);
      case 'b':
        return Month(kShort);
      case 'd':
      case 'e':
        return Field(2, &t_.day);
      case 'D': {
        bool number = Field(2, &t_.day);
        rest_.remove_prefix(std::min<size_t>(2, rest_.size()));
        return number;
      }
      case 'j':
        return Field(3, &day_of_year_);
      case 'W':
        return Name(kDayNames, kWhole) >= 0;
      case 'a':
        return Name(kDayNames, kShort) >= 0;
      case 'w':
        return Number(1) >= 0;
      default:
        return ClockPart(c);
    }
  }
  bool ClockPart(char c) {
    switch (c) {
      case 'h':
      case 'I':
      case 'l':
        twelve_hours_ = true;
        return Field(2, &t_.hour);
      case 'H':
      case 'k':
        return Field(2, &t_.hour);
      case 'i':
        return Field(2, &t_.minute);
      case 's':
      case 'S':
        return Field(2, &t_.second);
      case 'f':
        return Fraction();
      case 'p':
        return HalfOfDay();
      case 'T':
        return Run("%H:%i:%S");
      case 'r':
        return Run("%I:%i:%S %p");
      default:
        return false;
    }
  }

  std::string_view rest_;
  CivilTime t_;
  int day_of_year_ = 0;
  bool twelve_hours_ = false;
  int afternoon_ = 0;
};

}  // namespace

FormatParts PartsOf(std::string_view format) {
  FormatParts parts;
  for (size_t i = 0; i + 1 < format.size(); ++i) {
    if (format[i] != '%') continue;
    char c = format[++i];
    bool date = std::string_view("YymcMbdeDjWaw").find(c) != std::string_view::npos;
    bool clock = std::string_view("hIlHkisSfpTr").find(c) != std::string_view::npos;
    parts.date = parts.date || date;
    parts.clock = parts.clock || clock;
    parts.fraction = parts.fraction || c == 'f';
    if (!date && !clock) parts.wrong = c;
  }
  return parts;
}

std::optional<CivilTime> ReadFormatted(std::string_view text, std::string_view format) {
  FormatReader reader(text);
  if (!reader.Run(format)) return std::nullopt;
  return reader.Finish();
}

}  // namespace cdc::functions
