#include "stdlib/functions/numeric/extreme.h"

namespace cdc::functions {
namespace {

Failure RunGreatest(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Extreme(site, args, count, 1, scratch);
  return nullptr;
}

Binding BindGreatest(const std::vector<Argument>& args) { return BindExtreme("greatest", args, &RunGreatest); }

}  // namespace

const FunctionDef& Greatest() {
  static const FunctionDef def = {
      .name = "greatest",
      .family = "numeric",
      .doc = "The largest of the values: numbers, texts (by their bytes) or times; NULL if one is NULL.",
      .parameters = {{"value"}, {"other"}},
      .variadic = true,
      .result_rule = "the arguments' common type",
      .bind = &BindGreatest,
      .examples =
          {
              {{"1", "3", "2"}, "3"},
              {{"1", "2.5"}, "2.5"},
              {{"'a'", "'B'"}, "'a'"},
              {{"'2024-02-29'::date", "'2024-03-01'::date"}, "'2024-03-01'"},
              {{"1", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
