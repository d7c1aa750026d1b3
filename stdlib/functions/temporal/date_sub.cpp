#include "stdlib/functions/temporal/units.h"

namespace cdc::functions {
namespace {

Failure RunDateSub(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = AddUnits(site, args[0], args[1], -1);
  return nullptr;
}

Binding BindDateSub(const std::vector<Argument>& args) {
  return BindAddUnits("date_sub", args, {0, 1, 2}, &RunDateSub);
}

}  // namespace

const FunctionDef& DateSub() {
  static const FunctionDef def = {
      .name = "date_sub",
      .aliases = {"subdate"},
      .family = "temporal",
      .doc = "The date or time with an amount of a unit taken away; see `date_add`.",
      .parameters = {{"date"}, {"amount"}, {"unit", true}},
      .result_rule = "the type of the date; datetime if hours or less are taken from a date; nullable",
      .bind = &BindDateSub,
      .examples =
          {
              {{"'2024-03-31'::date", "1", "'month'"}, "'2024-02-29'"},
              {{"'2024-03-01'::date", "1"}, "'2024-02-29'"},
              {{"'2024-03-01 00:00:00'::datetime", "1", "'microsecond'"}, "'2024-02-29 23:59:59.999999'"},
              {{"'2024-03-01'::date", "1", "'quarter'"}, "'2023-12-01'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
