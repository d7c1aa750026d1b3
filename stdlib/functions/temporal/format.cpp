#include "stdlib/functions/temporal/format.h"

#include <algorithm>

#include "stdlib/core/number_text.h"
#include "stdlib/functions/temporal/week.h"

namespace cdc::functions {

const std::array<std::string_view, 13> kMonthNames = {"",        "January",  "February", "March",  "April",
                                                      "May",     "June",     "July",     "August", "September",
                                                      "October", "November", "December"};
const std::array<std::string_view, 7> kDayNames = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};

namespace {

class FormatWriter {
 public:
  FormatWriter(const CivilTime& time, char* out) : t_(time), out_(out) {}

  // Writes what `%c` stands for; false: this date has no such part (a zero month has no name).
  bool Part(char c) {
    switch (c) {
      case 'Y':
        return Number(t_.year, 4);
      case 'y':
        return Number(t_.year % 100, 2);
      case 'm':
        return Number(t_.month, 2);
      case 'c':
        return Number(t_.month, 1);
      case 'd':
        return Number(t_.day, 2);
      case 'e':
        return Number(t_.day, 1);
      case 'D':
        return Number(t_.day, 1) && Text(Suffix());
      case 'H':
        return Number(t_.hour, 2);
      case 'k':
        return Number(t_.hour, 1);
      case 'h':
      case 'I':
        return Number(Hour12(), 2);
      case 'l':
        return Number(Hour12(), 1);
      case 'i':
        return Number(t_.minute, 2);
      case 's':
      case 'S':
        return Number(t_.second, 2);
      case 'f':
        return Number(t_.microsecond, 6);
      case 'p':
        return Text(t_.hour % 24 < 12 ? "AM" : "PM");
      case 'T':
        return Number(t_.hour, 2) && Clock();
      case 'r':
        return Number(Hour12(), 2) && Clock() && Text(t_.hour % 24 < 12 ? " AM" : " PM");
      default:
        return CalendarPart(c);
    }
  }
  void Byte(char c) { *out_++ = c; }
  char* out() const { return out_; }

 private:
  // Parts that need a day in the calendar.
  bool CalendarPart(char c) {
    switch (c) {
      case 'M':
        return t_.month != 0 && Text(kMonthNames[static_cast<size_t>(t_.month)]);
      case 'b':
        return t_.month != 0 && Text(kMonthNames[static_cast<size_t>(t_.month)].substr(0, 3));
      case 'W':
        return IsDay() && Text(kDayNames[static_cast<size_t>(DayOfWeek(t_))]);
      case 'a':
        return IsDay() && Text(kDayNames[static_cast<size_t>(DayOfWeek(t_))].substr(0, 3));
      case 'w':
        return IsDay() && Number(DayOfWeek(t_), 1);
      case 'j':
        return IsDay() && Number(DayOfYear(t_), 3);
      case 'U':
        return IsDay() && Number(WeekOf(t_, WeekRule::kSunday).week, 2);
      case 'u':
        return IsDay() && Number(WeekOf(t_, WeekRule::kMonday).week, 2);
      case 'V':
        return IsDay() && Number(WeekOf(t_, WeekRule::kSundayFull).week, 2);
      case 'v':
        return IsDay() && Number(WeekOf(t_, WeekRule::kIso).week, 2);
      case 'X':
        return IsDay() && Number(WeekOf(t_, WeekRule::kSundayFull).year, 4);
      case 'x':
        return IsDay() && Number(WeekOf(t_, WeekRule::kIso).year, 4);
      default:
        Byte(c);
        return true;
    }
  }

  bool IsDay() const { return t_.month != 0 && t_.day != 0; }
  int Hour12() const { return t_.hour % 12 == 0 ? 12 : t_.hour % 12; }
  std::string_view Suffix() const {
    if (t_.day >= 10 && t_.day <= 19) return "th";
    switch (t_.day % 10) {
      case 1:
        return "st";
      case 2:
        return "nd";
      case 3:
        return "rd";
      default:
        return "th";
    }
  }
  bool Clock() {
    Byte(':');
    Number(t_.minute, 2);
    Byte(':');
    return Number(t_.second, 2);
  }
  bool Number(int value, int width) {
    out_ = WriteUintPadded(static_cast<uint64_t>(value), width, out_);
    return true;
  }
  bool Text(std::string_view text) {
    out_ = std::copy(text.begin(), text.end(), out_);
    return true;
  }

  const CivilTime& t_;
  char* out_;
};

}  // namespace

Value Formatted(const CivilTime& time, bool negative, std::string_view format, Arena* scratch) {
  if (format.size() > kFormatBytesMax) return Value::Null();
  char* from = scratch->Allocate(format.size() * kFormatPartMax + 1);
  FormatWriter writer(time, from);
  if (negative) writer.Byte('-');
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      writer.Byte(format[i]);
    } else if (!writer.Part(format[++i])) {
      return Value::Null();
    }
  }
  scratch->ShrinkLast(writer.out());
  return Value::Text({from, static_cast<size_t>(writer.out() - from)});
}

}  // namespace cdc::functions
