#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestEqual {
  static constexpr bool kOnlyEquality = true;
  bool operator()(int order) const { return order == 0; }
};

}  // namespace

const FunctionDef& Equal() {
  static const FunctionDef def = {
      .name = "=",
      .family = "operator",
      .doc = "Whether both are equal; NULL if one is NULL. Strings compare byte by byte.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool",
      .bind = &BindComparison<TestEqual>,
      .examples =
          {
              {{"1", "1.0"}, "true"},
              {{"'a'", "'A'"}, "false"},
              {{"18446744073709551615::bigint unsigned", "-1::bigint"}, "false"},
              {{"null", "1"}, "null"},
              {{"'paid'::enum('new','paid')", "'paid'"}, "true"},
              {{"'2024-02-29'::date", "'2024-02-29'"}, "true"},
              {{"1.10::decimal(5,2)", "1.1"}, "true"},
              {{"0.5::double", "0.5"}, "true"},
              {{R"('{"a": 1, "b": [true]}'::json)", R"('{"b": [true], "a": 1.0}')"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
