#include "stdlib/functions/temporal/read_format.h"

namespace cdc::functions {
namespace {

Failure RunStrToDate(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  std::optional<CivilTime> t = ReadFormatted(args[0].text(), args[1].text());
  *out = Value::Null();
  if (!t) return nullptr;
  if (site.result.kind == TypeKind::kTime) {
    int64_t seconds = (int64_t{t->hour} * 60 + t->minute) * 60 + t->second;
    *out = Value::Time(seconds * kMicrosOfSecond + t->microsecond);
    return nullptr;
  }
  bool exists = IsCalendarDay(*t) && t->day <= DaysInMonth(t->year, t->month);
  if (exists) *out = MomentValue(site.result, *t);
  return nullptr;
}

Binding BindStrToDate(const std::vector<Argument>& args) {
  if (args[1].constant == nullptr || !IsText(args[1].type.kind)) {
    return Fail(105, 1, "the format of `str_to_date` must be written in the program", "a literal: `'%Y-%m-%d'`");
  }
  FormatParts parts = PartsOf(args[1].constant->text());
  if (parts.wrong != '\0') {
    return Fail(105, 1, "`str_to_date` does not read `%" + std::string(1, parts.wrong) + "`");
  }
  Binding binding;
  binding.wanted = {AsText(args[0]), Type()};
  binding.mistake = NeedText("str_to_date", args, 0);
  binding.code = &RunStrToDate;
  TypeKind kind = !parts.clock ? TypeKind::kDate : parts.date ? TypeKind::kDatetime : TypeKind::kTime;
  binding.result = MakeType(kind, true);
  binding.result.scale = parts.fraction ? 6 : 0;
  return binding;
}

}  // namespace

const FunctionDef& StrToDate() {
  static const FunctionDef def = {
      .name = "str_to_date",
      .family = "temporal",
      .doc =
          "A date, time or datetime read from text by a format of `date_format` that is written in the program; NULL "
          "where the text does not follow it, or is no date. Weeks (`%U %u %V %v %X %x`) are not read.",
      .parameters = {{"text"}, {"format"}},
      .result_rule = "date, time or datetime by what the format has; nullable",
      .checks_literals = true,
      .bind = &BindStrToDate,
      .examples =
          {
              {{"'29.02.2024'", "'%d.%m.%Y'"}, "'2024-02-29'"},
              {{"'2024-02-29T10:11:12'", "'%Y-%m-%dT%H:%i:%s'"}, "'2024-02-29 10:11:12'"},
              {{"'Feb 29, 2024 1:02 PM'", "'%b %e, %Y %l:%i %p'"}, "'2024-02-29 13:02:00'"},
              {{"'10:11:12.5'", "'%T.%f'"}, "'10:11:12.500000'"},
              {{"'2024-02-30'", "'%Y-%m-%d'"}, "null"},
              {{"'yesterday'", "'%Y-%m-%d'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
