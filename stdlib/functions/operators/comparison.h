#pragma once

// The six comparison operators differ in the test on an order only; this is the rest of them.

#include <cstring>

#include "stdlib/functions/compare.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {

template <CompareClass kHow, typename Test>
Failure RunComparison(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  if constexpr (kHow == CompareClass::kInteger) {
    __int128 left = IntegerOf(args[0]), right = IntegerOf(args[1]);
    *out = Value::Bool(Test()(left < right ? -1 : left > right ? 1 : 0));
  } else if constexpr (kHow == CompareClass::kBytes && Test::kOnlyEquality) {
    std::string_view left = args[0].text(), right = args[1].text();
    bool equal =
        left.size() == right.size() && (left.empty() || std::memcmp(left.data(), right.data(), left.size()) == 0);
    *out = Value::Bool(Test()(equal ? 0 : 1));
  } else {
    *out = Value::Bool(Test()(CompareAs(kHow, args[0], args[1], scratch)));
  }
  return nullptr;
}

template <typename Test>
Code ComparisonCode(CompareClass how) {
  switch (how) {
    case CompareClass::kInteger:
      return &RunComparison<CompareClass::kInteger, Test>;
    case CompareClass::kDecimal:
      return &RunComparison<CompareClass::kDecimal, Test>;
    case CompareClass::kReal:
      return &RunComparison<CompareClass::kReal, Test>;
    case CompareClass::kBytes:
      return &RunComparison<CompareClass::kBytes, Test>;
    case CompareClass::kJson:
      return &RunComparison<CompareClass::kJson, Test>;
  }
  return nullptr;
}

template <typename Test>
Binding BindComparison(const std::vector<Argument>& args) {
  ComparisonPlan plan = PlanComparison(args[0], args[1], !Test::kOnlyEquality);
  Binding binding;
  binding.result = BoolType(AnyNullable(args));
  binding.wanted = {plan.wanted_a, plan.wanted_b};
  binding.code = ComparisonCode<Test>(plan.how);
  binding.mistake = std::move(plan.mistake);
  return binding;
}

}  // namespace cdc::functions
