#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunQuarter(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int((CivilOf(args[0]).month + 2) / 3);
  return nullptr;
}

Binding BindQuarter(const std::vector<Argument>& args) { return BindDatePart("quarter", args, &RunQuarter, true); }

}  // namespace

const FunctionDef& Quarter() {
  static const FunctionDef def = {
      .name = "quarter",
      .family = "temporal",
      .doc = "The quarter of the year, 1 to 4; 0 of a date without a month.",
      .parameters = {{"date"}},
      .result_rule = "bigint",
      .bind = &BindQuarter,
      .examples =
          {
              {{"'2024-02-29'::date"}, "1"},
              {{"'2024-12-01'::date"}, "4"},
          },
  };
  return def;
}

}  // namespace cdc::functions
