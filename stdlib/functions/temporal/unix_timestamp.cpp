#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunUnixTimestamp(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  int64_t micros = args[0].integer() == kZeroTimestamp || args[0].integer() < 0 ? 0 : args[0].integer();
  if (site.result.kind != TypeKind::kDecimal) {
    *out = Value::Int(micros / kMicrosOfSecond);
    return nullptr;
  }
  int digits = site.result.scale;
  Decimal seconds = Decimal::Divide(Decimal::FromInt(micros), Decimal::FromInt(kMicrosOfSecond), 6);
  *out = DecimalValue(seconds.Truncate(digits), scratch);
  return nullptr;
}

Binding BindUnixTimestamp(const std::vector<Argument>& args) {
  const Type& type = args[0].type;
  Binding binding;
  binding.wanted.resize(1);
  if (type.kind == TypeKind::kDate || type.kind == TypeKind::kDatetime) {
    binding.mistake = Mistake{112, 0, Quoted(type) + " is local to a time zone that is not written down", "", {}};
    binding.mistake->notes.push_back("if the local times are UTC: `unix_timestamp(cast(… as timestamp(6)))`");
    return binding;
  }
  Type moment = type;
  if (type.kind != TypeKind::kTimestamp) {
    binding.mistake = WantMoment("unix_timestamp", args, 0, &moment);
    uint8_t digits = moment.kind == TypeKind::kDatetime ? moment.scale : uint8_t{0};
    moment = MakeType(TypeKind::kTimestamp, type.nullable);
    moment.scale = digits;
    binding.wanted[0] = moment;
  }
  binding.code = &RunUnixTimestamp;
  constexpr int kSecondsDigits = 11;
  binding.result = moment.scale == 0 ? BigIntType(false, type.nullable)
                                     : DecimalType(kSecondsDigits + moment.scale, moment.scale, type.nullable);
  return binding;
}

}  // namespace

const FunctionDef& UnixTimestamp() {
  static const FunctionDef def = {
      .name = "unix_timestamp",
      .family = "temporal",
      .doc =
          "The seconds since 1970 of a timestamp, with its fraction digits; 0 before 1970. A literal is in UTC; a "
          "datetime needs a zone: `cast(… as timestamp(6))` if it is UTC.",
      .parameters = {{"timestamp"}},
      .result_rule = "bigint, or decimal with the timestamp's fraction digits",
      .bind = &BindUnixTimestamp,
      .examples =
          {
              {{"'2024-02-29 00:00:00'::timestamp"}, "1709164800"},
              {{"'2024-02-29 00:00:00.25'::timestamp(3)"}, "1709164800.250"},
              {{"'2024-02-29 00:00:01'"}, "1709164801"},
              {{"null::timestamp"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
