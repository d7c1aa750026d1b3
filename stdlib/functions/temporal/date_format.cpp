#include <algorithm>

#include "stdlib/core/number_text.h"
#include "stdlib/core/temporal.h"
#include "stdlib/functions/convert.h"
#include "stdlib/functions/temporal/week.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

constexpr std::string_view kMonths[] = {"",     "January", "February",  "March",   "April",    "May",     "June",
                                        "July", "August",  "September", "October", "November", "December"};
constexpr std::string_view kDays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
// The longest thing that two characters of a format become.
constexpr size_t kPartMax = 16;

class Writer {
 public:
  Writer(const CivilTime& time, char* out) : t_(time), out_(out) {}

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
        return Text(t_.hour < 12 ? "AM" : "PM");
      case 'T':
        return Number(t_.hour, 2) && Clock();
      case 'r':
        return Number(Hour12(), 2) && Clock() && Text(t_.hour < 12 ? " AM" : " PM");
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
        return t_.month != 0 && Text(kMonths[t_.month]);
      case 'b':
        return t_.month != 0 && Text(kMonths[t_.month].substr(0, 3));
      case 'W':
        return IsDay() && Text(kDays[DayOfWeek(t_)]);
      case 'a':
        return IsDay() && Text(kDays[DayOfWeek(t_)].substr(0, 3));
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

Failure RunDateFormat(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  CivilTime time;
  if (args[0].kind() != ValueKind::kTimestamp) {
    time = UnpackDatetime(args[0].packed());
  } else if (args[0].integer() != kZeroTimestamp) {
    time = CivilFromMicros(args[0].integer());
  }
  std::string_view format = args[1].text();
  char* from = scratch->Allocate(format.size() * kPartMax);
  Writer writer(time, from);
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      writer.Byte(format[i]);
    } else if (!writer.Part(format[++i])) {
      *out = Value::Null();
      return nullptr;
    }
  }
  scratch->ShrinkLast(writer.out());
  *out = Value::Text({from, static_cast<size_t>(writer.out() - from)});
  return nullptr;
}

Binding BindDateFormat(const std::vector<Argument>& args) {
  const Type& type = args[0].type;
  Type wanted;
  if (args[0].constant != nullptr && IsText(type.kind)) {
    wanted = MakeType(TypeKind::kDatetime, false);
    wanted.scale = 6;
    std::optional<Call> read = MakeConversion(type, wanted, false);
    Arena scratch;
    Value value;
    bool fits = read && read->code(read->site, args[0].constant, 1, &value, &scratch) == nullptr;
    if (!fits) return Fail(106, 0, "this text is no date");
  } else if (type.kind != TypeKind::kNull && (!IsTemporal(type.kind) || type.kind == TypeKind::kTime)) {
    return Fail(106, 0, "`date_format` needs a date, and this is " + Quoted(type));
  }
  Binding binding;
  binding.mistake = NeedText("date_format", args, 1);
  binding.wanted = {wanted, AsText(args[1])};
  binding.code = &RunDateFormat;
  uint64_t length = UINT32_MAX;
  // Only a name of a month or day that does not exist gives NULL; '%' of anything else always has an answer.
  bool named = true;
  if (args[1].constant != nullptr && IsText(args[1].type.kind)) {
    std::string_view format = args[1].constant->text();
    length = format.size() * kPartMax;
    named = format.find_first_of("MbWawjUuVvXx") != format.npos;
  }
  binding.result = StringType(length, false, AnyNullable(args) || named);
  return binding;
}

}  // namespace

const FunctionDef& DateFormat() {
  static const FunctionDef def = {
      .name = "date_format",
      .family = "temporal",
      .doc =
          "A date written by a format: `%Y-%m-%d %H:%i:%s`, `%f` microseconds, `%M` `%b` month, `%W` `%a` "
          "day, `%j` "
          "day of the year, `%v` ISO week, … as in MySQL. A timestamp is shown in UTC.",
      .parameters = {{"date"}, {"format"}},
      .result_rule = "varchar",
      .bind = &BindDateFormat,
      .examples =
          {
              {{"'2024-02-29 13:04:05.6'::datetime(1)", "'%Y/%m/%d %H:%i:%s.%f'"}, "'2024/02/29 13:04:05.600000'"},
              {{"'2024-02-29'::date", "'%a %e %b %y, %D, %j'"}, "'Thu 29 Feb 24, 29th, 060'"},
              {{"'2024-02-29 13:04:05'::timestamp", "'%r %% %l %p'"}, "'01:04:05 PM % 1 PM'"},
              {{"'2026-01-01'::date", "'%x-%v %X-%V %U %u'"}, "'2026-01 2025-52 00 01'"},
              {{"'2024-00-00'::date", "'%Y %M'"}, "null"},
              {{"'2024-02-29'", "'%m'"}, "'02'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
