#include <cstdlib>

#include "stdlib/functions/temporal/format.h"
#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunTimeFormat(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  if (args[0].kind() != ValueKind::kTime) {
    *out = Formatted(CivilOf(args[0]), false, args[1].text(), scratch);
    return nullptr;
  }
  int64_t clock = args[0].integer();
  int64_t micros = std::abs(clock);
  int64_t seconds = micros / kMicrosOfSecond;
  CivilTime t;
  t.hour = static_cast<int>(seconds / 3600);
  t.minute = static_cast<int>(seconds / 60 % 60);
  t.second = static_cast<int>(seconds % 60);
  t.microsecond = static_cast<int>(micros % kMicrosOfSecond);
  *out = Formatted(t, clock < 0, args[1].text(), scratch);
  return nullptr;
}

Binding BindTimeFormat(const std::vector<Argument>& args) {
  Binding binding = BindClockPart("time_format", args, &RunTimeFormat);
  if (!binding.mistake) binding.mistake = NeedText("time_format", args, 1);
  if (!binding.mistake && ReadsAsBytes(args[1].type)) {
    binding.mistake = Mistake{106, 1, "a format is text, and this is " + Quoted(args[1].type), "", {}};
  }
  binding.wanted[1] = AsText(args[1]);
  uint64_t length = UINT32_MAX;
  bool written = args[1].constant != nullptr && IsText(args[1].type.kind);
  if (written) length = args[1].constant->text().size() * kFormatPartMax + 1;
  binding.result = StringType(length, false, true);
  return binding;
}

}  // namespace

const FunctionDef& TimeFormat() {
  static const FunctionDef def = {
      .name = "time_format",
      .family = "temporal",
      .doc =
          "A time written by the parts of `date_format` that times have: `%H:%i:%s.%f`, `%k` `%h` `%I` `%l` `%p` `%r` "
          "`%T`; those of dates are zeros or NULL.",
      .parameters = {{"time"}, {"format"}},
      .result_rule = "varchar, nullable",
      .bind = &BindTimeFormat,
      .examples =
          {
              {{"'100:01:02'::time", "'%H %k %h %I %l'"}, "'100 100 04 04 4'"},
              {{"'-01:02:03'::time", "'%T'"}, "'-01:02:03'"},
              {{"'13:00:00'::time", "'%r %p'"}, "'01:00:00 PM PM'"},
              {{"'13:00:00'::time", "'%M'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
