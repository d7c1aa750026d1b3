#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestGreater {
  static constexpr bool kOnlyEquality = false;
  bool operator()(int order) const { return order > 0; }
};

}  // namespace

const FunctionDef& Greater() {
  static const FunctionDef def = {
      .name = ">",
      .family = "operator",
      .doc = "Whether the left side is above the right one; NULL if one is NULL.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindComparison<TestGreater>,
      .examples =
          {
              {{"2", "1"}, "true"},
              {{"'paid'::enum('paid','new')", "'new'"}, "true"},
              {{"1e0", "1"}, "false"},
              {{"null", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
