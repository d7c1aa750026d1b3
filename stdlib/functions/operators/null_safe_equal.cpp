#include "stdlib/functions/operators/comparison.h"

namespace cdc::functions {
namespace {

struct TestNullSafeEqual {
  static constexpr bool kOnlyEquality = true;
  bool operator()(int order) const { return order == 0; }
};

template <CompareClass kHow>
Failure RunNullSafeEqual(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  if (!args[0].is_null() && !args[1].is_null())
    return RunComparison<kHow, TestNullSafeEqual>(site, args, count, out, scratch);
  *out = Value::Bool(args[0].is_null() && args[1].is_null());
  return nullptr;
}

Code CodeFor(CompareClass how) {
  switch (how) {
    case CompareClass::kInteger:
      return &RunNullSafeEqual<CompareClass::kInteger>;
    case CompareClass::kDecimal:
      return &RunNullSafeEqual<CompareClass::kDecimal>;
    case CompareClass::kReal:
      return &RunNullSafeEqual<CompareClass::kReal>;
    case CompareClass::kBytes:
      return &RunNullSafeEqual<CompareClass::kBytes>;
    case CompareClass::kJson:
      return &RunNullSafeEqual<CompareClass::kJson>;
  }
  return nullptr;
}

Binding BindNullSafeEqual(const std::vector<Argument>& args) {
  ComparisonPlan plan = PlanComparison(args[0], args[1], false);
  Binding binding;
  binding.result = BoolType(false);
  binding.wanted = {plan.wanted_a, plan.wanted_b};
  binding.code = CodeFor(plan.how);
  binding.strict = false;
  binding.mistake = std::move(plan.mistake);
  return binding;
}

}  // namespace

const FunctionDef& NullSafeEqual() {
  static const FunctionDef def = {
      .name = "<=>",
      .family = "operator",
      .doc = "Whether both are equal, NULL being equal to NULL; never NULL itself.",
      .parameters = {{"left"}, {"right"}},
      .result_rule = "bool not null",
      .bind = &BindNullSafeEqual,
      .examples =
          {
              {{"null", "null"}, "true"},
              {{"null", "1"}, "false"},
              {{"1", "1"}, "true"},
              {{"'a'", "'b'"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
