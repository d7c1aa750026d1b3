#include "stdlib/functions/temporal/units.h"

namespace cdc::functions {
namespace {

Failure RunDateAdd(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = AddUnits(site, args[0], args[1], 1);
  return nullptr;
}

Binding BindDateAdd(const std::vector<Argument>& args) {
  return BindAddUnits("date_add", args, {0, 1, 2}, &RunDateAdd);
}

}  // namespace

const FunctionDef& DateAdd() {
  static const FunctionDef def = {
      .name = "date_add",
      .aliases = {"adddate"},
      .family = "temporal",
      .doc =
          "The date or time with an amount of a unit added: `date_add(d, interval 3 month)`, `d + interval 3 month`, "
          "`date_add(d, 3, 'month')`; days without a unit. Months keep the day as far as there is one. NULL outside of "
          "the years 1 to 9999.",
      .parameters = {{"date"}, {"amount"}, {"unit", true}},
      .result_rule = "the type of the date; datetime if hours or less are added to a date; nullable",
      .bind = &BindDateAdd,
      .examples =
          {
              {{"'2024-01-31'::date", "1", "'month'"}, "'2024-02-29'"},
              {{"'2024-02-29'::date", "1", "'year'"}, "'2025-02-28'"},
              {{"'2024-02-29'::date", "90", "'minute'"}, "'2024-02-29 01:30:00'"},
              {{"'2024-02-29 23:59:59.5'::datetime(1)", "1", "'second'"}, "'2024-03-01 00:00:00.5'"},
              {{"'2024-02-29 10:00:00'::timestamp", "1.5", "'second'"}, "'2024-02-29 10:00:01.5'"},
              {{"'2024-02-28'::date", "1"}, "'2024-02-29'"},
              {{"'9999-12-31'::date", "1", "'day'"}, "null"},
              {{"'23:00:00'::time", "2", "'hour'"}, "'25:00:00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
