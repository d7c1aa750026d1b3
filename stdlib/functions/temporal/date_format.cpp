#include "stdlib/functions/temporal/format.h"
#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunDateFormat(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = Formatted(CivilOf(args[0]), false, args[1].text(), scratch);
  return nullptr;
}

Binding BindDateFormat(const std::vector<Argument>& args) {
  Binding binding;
  binding.wanted.resize(2);
  binding.mistake = WantMoment("date_format", args, 0, &binding.wanted[0]);
  if (!binding.mistake) binding.mistake = NeedText("date_format", args, 1);
  if (!binding.mistake && ReadsAsBytes(args[1].type)) {
    binding.mistake = Mistake{106, 1, "a format is text, and this is " + Quoted(args[1].type), "", {}};
  }
  binding.wanted[1] = AsText(args[1]);
  binding.code = &RunDateFormat;
  uint64_t length = UINT32_MAX;
  // Only a name of a month or day that does not exist gives NULL; '%' of anything else always has an answer.
  bool named = true;
  if (args[1].constant != nullptr && IsText(args[1].type.kind)) {
    std::string_view format = args[1].constant->text();
    length = format.size() * kFormatPartMax;
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
