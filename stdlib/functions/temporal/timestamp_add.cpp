#include "stdlib/functions/temporal/units.h"

namespace cdc::functions {
namespace {

Failure RunTimestampAdd(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = AddUnits(site, args[2], args[1], 1);
  return nullptr;
}

Binding BindTimestampAdd(const std::vector<Argument>& args) {
  return BindAddUnits("timestampadd", args, {2, 1, 0}, &RunTimestampAdd);
}

}  // namespace

const FunctionDef& TimestampAdd() {
  static const FunctionDef def = {
      .name = "timestampadd",
      .family = "temporal",
      .doc = "The date with an amount of a unit added: `timestampadd(day, 3, d)`. See `date_add`.",
      .parameters = {{"unit"}, {"amount"}, {"date"}},
      .result_rule = "as `date_add`",
      .bind = &BindTimestampAdd,
      .examples =
          {
              {{"'day'", "1", "'2024-02-28'::date"}, "'2024-02-29'"},
              {{"'sql_tsi_hour'", "-1", "'2024-02-29 00:30:00'::datetime"}, "'2024-02-28 23:30:00'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
