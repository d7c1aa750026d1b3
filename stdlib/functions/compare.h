#pragma once

// How two values of different types meet in `=`, `<`, in, between, nullif and case.

#include "stdlib/functions/function.h"

namespace cdc::functions {

enum class CompareClass : uint8_t { kInteger, kDecimal, kReal, kBytes, kJson };

// Below, equal, above: -1, 0, 1. Requires: both converted as the plan says, not NULL.
int CompareAs(CompareClass how, const Value& a, const Value& b, Arena* scratch);

struct ComparisonPlan {
  CompareClass how = CompareClass::kInteger;
  Type wanted_a, wanted_b;         // kUnknown: as it is
  std::optional<Mistake> mistake;  // argument 0 or 1
};

// `ordered`: for < and the like, where ENUM and SET compare by their text; else by label.
ComparisonPlan PlanComparison(const Argument& a, const Argument& b, bool ordered);

}  // namespace cdc::functions
