#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestLess {
  static constexpr bool kOnlyEquality = false;
  bool operator()(int order) const { return order < 0; }
};

}  // namespace

const FunctionDef& Less() {
  static const FunctionDef def = {
      .name = "<",
      .family = "operator",
      .doc = "Whether the left side is below the right one; NULL if one is NULL.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindComparison<TestLess>,
      .examples =
          {
              {{"1", "2"}, "true"},
              {{"-1::bigint", "18446744073709551615::bigint unsigned"}, "true"},
              {{"'Z'", "'a'"}, "true"},
              {{"'2024-02-29 10:00:00'::datetime", "'2024-02-29 10:00:00.5'"}, "true"},
              {{"-2.5::decimal(4,1)", "-2.25"}, "true"},
              {{"1", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
