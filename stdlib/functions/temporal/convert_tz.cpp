#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

// Seconds east of UTC of `+05:30`; MySQL takes -13:59 to +14:00.
std::optional<int64_t> ZoneOffset(std::string_view text) {
  if (text == "UTC" || text == "utc") return 0;
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  size_t colon = text.find(':');
  bool written = (colon == 2 || colon == 3) && text.size() == colon + 3;
  if (!written) return std::nullopt;
  int64_t parts[2] = {0, 0};
  for (size_t i = 1; i < text.size(); ++i) {
    if (i == colon) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    int64_t& part = parts[i > colon ? 1 : 0];
    part = part * 10 + (text[i] - '0');
  }
  int64_t seconds = parts[0] * 3600 + parts[1] * 60;
  constexpr int64_t kEast = 14 * 3600, kWest = 14 * 3600 - 60;
  if (parts[1] > 59 || seconds > (text[0] == '-' ? kWest : kEast)) return std::nullopt;
  return text[0] == '-' ? -seconds : seconds;
}

Failure RunConvertTz(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<int64_t> from = ZoneOffset(args[1].text()), to = ZoneOffset(args[2].text());
  CivilTime t = CivilOf(args[0]);
  *out = Value::Null();
  if (!from || !to || !IsCalendarDay(t)) return nullptr;
  int64_t utc = MicrosFromCivil(t) - *from * kMicrosOfSecond;
  // Outside of what a timestamp holds the date stays as it is.
  bool instant = utc >= kMicrosOfSecond && utc / kMicrosOfSecond <= kTimestampSecondsMax;
  if (instant) t = CivilFromMicros(utc + *to * kMicrosOfSecond);
  *out = Value::Datetime(PackDatetime(t));
  return nullptr;
}

Binding BindConvertTz(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("convert_tz", args, &RunConvertTz, false);
  for (size_t i = 1; i < 3 && !binding.mistake; ++i) {
    const Type& type = args[i].type;
    bool text = IsText(type.kind) || type.kind == TypeKind::kNull || type.kind == TypeKind::kUnknown;
    if (!text) return Fail(106, i, "a zone is text, `'+05:30'`, and this is " + Quoted(type));
    const Value* zone = args[i].constant;
    bool known = zone == nullptr || zone->is_null() || !IsText(args[i].type.kind) || ZoneOffset(zone->text());
    if (!binding.mistake && !known) {
      binding.mistake = Mistake{105, i, "the zones of `convert_tz` are `'UTC'` and offsets: `'+05:30'`", "", {}};
    }
  }
  const Type& date = binding.wanted[0].kind == TypeKind::kUnknown ? args[0].type : binding.wanted[0];
  binding.result = MakeType(TypeKind::kDatetime, true);
  binding.result.scale = date.kind == TypeKind::kDate || date.kind == TypeKind::kNull ? uint8_t{0} : date.scale;
  return binding;
}

}  // namespace

const FunctionDef& ConvertTz() {
  static const FunctionDef def = {
      .name = "convert_tz",
      .family = "temporal",
      .doc =
          "A local time of one zone in another. The zones are offsets, `'+05:30'`, and `'UTC'`; NULL for anything "
          "else, as on a MySQL without time zone tables. Times that no timestamp can hold stay as they are.",
      .parameters = {{"datetime"}, {"from"}, {"to"}},
      .result_rule = "datetime, nullable",
      .checks_literals = true,
      .bind = &BindConvertTz,
      .examples =
          {
              {{"'2024-02-29 12:00:00'::datetime", "'+00:00'", "'+05:30'"}, "'2024-02-29 17:30:00'"},
              {{"'2024-02-29 12:00:00.5'::timestamp(1)", "'UTC'", "'-08:00'"}, "'2024-02-29 04:00:00.5'"},
              {{"'1000-01-01 00:00:00'::datetime", "'+00:00'", "'+05:30'"}, "'1000-01-01 00:00:00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
