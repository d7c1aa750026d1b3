#include "stdlib/functions/temporal/format.h"
#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {
namespace {

Failure RunMonthName(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  int month = CivilOf(args[0]).month;
  *out = month == 0 ? Value::Null() : Value::Text(kMonthNames[static_cast<size_t>(month)]);
  return nullptr;
}

Binding BindMonthName(const std::vector<Argument>& args) {
  Binding binding = BindDatePart("monthname", args, &RunMonthName, true);
  binding.result = StringType(9, false, true);
  return binding;
}

}  // namespace

const FunctionDef& MonthName() {
  static const FunctionDef def = {
      .name = "monthname",
      .family = "temporal",
      .doc = "The English name of the month; NULL of a date without a month.",
      .parameters = {{"date"}},
      .result_rule = "varchar(9), nullable",
      .bind = &BindMonthName,
      .examples =
          {
              {{"'2024-02-29'::date"}, "'February'"},
              {{"'2024-00-00'::date"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
