#pragma once

#include "stdlib/expr/expr.h"

namespace cdc::diff {

// Whether every row for which `a` is true is one for which `b` is: by `and`, `or`, equal parts, sets of values (`=`,
// `in`) and bounds of numbers. False where that cannot be told. Both are about the same row.
bool Implies(const expr::Expr& a, const expr::Expr& b);

}  // namespace cdc::diff
