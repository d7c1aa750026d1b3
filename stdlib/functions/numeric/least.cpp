#include "stdlib/functions/numeric/extreme.h"

namespace cdc::functions {
namespace {

Failure RunLeast(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Extreme(site, args, count, -1, scratch);
  return nullptr;
}

Binding BindLeast(const std::vector<Argument>& args) { return BindExtreme("least", args, &RunLeast); }

}  // namespace

const FunctionDef& Least() {
  static const FunctionDef def = {
      .name = "least",
      .family = "numeric",
      .doc = "The smallest of the values: numbers, texts (by their bytes) or times; NULL if one is NULL.",
      .parameters = {{"value"}, {"other"}},
      .variadic = true,
      .result_rule = "the arguments' common type",
      .bind = &BindLeast,
      .examples =
          {
              {{"1", "3", "2"}, "1"},
              {{"1", "2.5"}, "1.0"},
              {{"'a'", "'B'"}, "'B'"},
              {{"'paid'::enum('paid','new')", "'new'::enum('paid','new')"}, "'new'"},
              {{"1", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
