#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunMonth(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(CivilOf(args[0]).month);
  return nullptr;
}

Binding BindMonth(const std::vector<Argument>& args) { return BindDatePart("month", args, &RunMonth, true); }

}  // namespace

const FunctionDef& Month() {
  static const FunctionDef def = {
      .name = "month",
      .family = "temporal",
      .doc = "The month of a date, 1 to 12; 0 of a date that has none.",
      .parameters = {{"date"}},
      .result_rule = "bigint",
      .bind = &BindMonth,
      .examples =
          {
              {{"'2024-02-29'::date"}, "2"},
              {{"'2024-00-00'::date"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
