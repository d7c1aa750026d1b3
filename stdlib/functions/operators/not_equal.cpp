#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestNotEqual {
  static constexpr bool kOnlyEquality = true;
  bool operator()(int order) const { return order != 0; }
};

}  // namespace

const FunctionDef& NotEqual() {
  static const FunctionDef def = {
      .name = "<>",
      .family = "operator",
      .doc = "Whether both differ; NULL if one is NULL.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindComparison<TestNotEqual>,
      .examples =
          {
              {{"1", "2"}, "true"},
              {{"'a'", "'a'"}, "false"},
              {{"'a'", "null"}, "null"},
              {{"'new'::enum('new','paid')", "'paid'"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
