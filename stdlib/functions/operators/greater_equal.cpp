#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestGreaterEqual {
  static constexpr bool kOnlyEquality = false;
  bool operator()(int order) const { return order >= 0; }
};

}  // namespace

const FunctionDef& GreaterEqual() {
  static const FunctionDef def = {
      .name = ">=",
      .family = "operator",
      .doc = "Whether the left side is above the right one or equal; NULL if one is NULL.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindComparison<TestGreaterEqual>,
      .examples =
          {
              {{"100.00::decimal(10,2)", "100"}, "true"},
              {{"2024::year", "2025"}, "false"},
              {{"'2024-01-01 00:00:00'::timestamp", "'2024-01-01T01:00:00+01:00'"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
