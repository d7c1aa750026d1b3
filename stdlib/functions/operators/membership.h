#pragma once

// What `in` and `between` share: one value against several, all compared in one way.

#include <vector>

#include "stdlib/functions/compare.h"

namespace cdc::functions {

struct SharedComparison {
  CompareClass how = CompareClass::kInteger;
  std::vector<Type> wanted;  // parallel to the arguments
  std::optional<Mistake> mistake;
};

// Plans args[0] against each of the others.
SharedComparison PlanShared(const std::vector<Argument>& args, bool ordered);

}  // namespace cdc::functions
