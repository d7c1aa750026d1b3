#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunDateOf(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = MomentValue(site.result, CivilOf(args[0]));
  return nullptr;
}

Binding BindDateOf(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("date", args, &RunDateOf, true);
  binding.result = MakeType(TypeKind::kDate, AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& DateOf() {
  static const FunctionDef def = {
      .name = "date",
      .family = "temporal",
      .doc = "The day of a datetime, of a timestamp in UTC.",
      .parameters = {{"datetime"}},
      .result_rule = "date",
      .bind = &BindDateOf,
      .examples =
          {
              {{"'2024-02-29 23:59:59.9'::datetime(1)"}, "'2024-02-29'"},
              {{"'2024-02-29 10:11:12'"}, "'2024-02-29'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
