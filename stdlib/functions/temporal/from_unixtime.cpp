#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunFromUnixtime(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<int64_t> micros = MicrosOfSeconds(args[0]);
  bool exists = micros && *micros >= 0 && *micros / kMicrosOfSecond <= kTimestampSecondsMax;
  *out = exists ? Value::Timestamp(*micros) : Value::Null();
  return nullptr;
}

Binding BindFromUnixtime(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedNumber("from_unixtime", args, 0);
  binding.code = &RunFromUnixtime;
  binding.result = MakeType(TypeKind::kTimestamp, true);
  binding.result.scale = FractionDigits(args[0].type);
  return binding;
}

}  // namespace

const FunctionDef& FromUnixtime() {
  static const FunctionDef def = {
      .name = "from_unixtime",
      .family = "temporal",
      .doc =
          "The timestamp of seconds since 1970; NULL below 0 and after the year 3001. MySQL gives a datetime in the "
          "session's zone. With a format: `date_format(from_unixtime(…), …)`.",
      .parameters = {{"seconds"}},
      .result_rule = "timestamp, nullable",
      .bind = &BindFromUnixtime,
      .examples =
          {
              {{"1709164800"}, "'2024-02-29 00:00:00'"},
              {{"1709164800.25"}, "'2024-02-29 00:00:00.25'"},
              {{"-1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
