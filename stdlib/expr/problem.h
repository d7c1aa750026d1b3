#pragma once

#include <string>
#include <vector>

#include "stdlib/expr/expr.h"

namespace cdc::expr {

// A mistake in an expression. The compiler turns it into a Diagnostic, the runtime into the same text at
// start.
struct Problem {
  int id = 0;           // LANGUAGE §14: 101 for PIPE101
  std::string message;  // lower case, no final period, code in backticks
  std::string label;    // next to the caret: "did you mean `email`?"; may be empty
  std::vector<std::string> notes;
  Origin origin;
};

}  // namespace cdc::expr
