#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunDay(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(CivilOf(args[0]).day);
  return nullptr;
}

Binding BindDay(const std::vector<Argument>& args) { return BindDatePart("day", args, &RunDay, true); }

}  // namespace

const FunctionDef& Day() {
  static const FunctionDef def = {
      .name = "day",
      .aliases = {"dayofmonth"},
      .family = "temporal",
      .doc = "The day of the month, 1 to 31; 0 of a date that has none.",
      .parameters = {{"date"}},
      .result_rule = "bigint",
      .bind = &BindDay,
      .examples =
          {
              {{"'2024-02-29'::date"}, "29"},
              {{"'2024-02-00'::date"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
