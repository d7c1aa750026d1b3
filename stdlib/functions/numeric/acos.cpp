#include <cmath>

#include "stdlib/functions/numeric/reals.h"

namespace cdc::functions {
namespace {

Failure RunAcos(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  double number = RealOf(args[0]);
  *out = std::fabs(number) > 1 ? Value::Null() : Value::Double(std::acos(number));
  return nullptr;
}

Binding BindAcos(const std::vector<Argument>& args) { return BindReal("acos", args, &RunAcos, true); }

}  // namespace

const FunctionDef& Acos() {
  static const FunctionDef def = {
      .name = "acos",
      .family = "numeric",
      .doc = "The angle in radians that has this cosine; NULL outside of -1 … 1.",
      .parameters = {{"number"}},
      .result_rule = "double, nullable",
      .bind = &BindAcos,
      .examples =
          {
              {{"1"}, "0"},
              {{"1.1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
