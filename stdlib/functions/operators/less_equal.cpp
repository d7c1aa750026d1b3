#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestLessEqual {
  static constexpr bool kOnlyEquality = false;
  bool operator()(int order) const { return order <= 0; }
};

}  // namespace

const FunctionDef& LessEqual() {
  static const FunctionDef def = {
      .name = "<=",
      .family = "operator",
      .doc = "Whether the left side is below the right one or equal; NULL if one is NULL.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindComparison<TestLessEqual>,
      .examples =
          {
              {{"2", "2"}, "true"},
              {{"'-01:00:00'::time", "'00:00:00'"}, "true"},
              {{"3", "2.99"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
