#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunLog(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  double number = RealOf(args[count - 1]), base = count > 1 ? RealOf(args[0]) : 0;
  bool defined = number > 0 && (count == 1 || (base > 0 && base != 1));
  *out = Value::Null();
  if (defined) *out = Value::Double(count > 1 ? std::log(number) / std::log(base) : std::log(number));
  return nullptr;
}

Binding BindLog(const std::vector<Argument>& args) { return BindReal("log", args, &RunLog, true); }

}  // namespace

const FunctionDef& Log() {
  static const FunctionDef def = {
      .name = "log",
      .family = "numeric",
      .doc =
          "The natural logarithm of one argument; of two, the logarithm of the second to the base of the first. NULL "
          "where it is not defined.",
      .parameters = {{"base_or_number"}, {"number", true}},
      .result_rule = "double, nullable",
      .bind = &BindLog,
      .examples =
          {
              {{"1"}, "0"},
              {{"2", "8"}, "3"},
              {{"1", "8"}, "null"},
              {{"-1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
