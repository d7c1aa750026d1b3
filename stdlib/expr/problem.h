#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stdlib/expr/expr.h"

namespace cdc::expr {

// What could stand in the program instead: `text` for what is at `origin`.
struct Replacement {
  Origin origin;
  std::string text;
};

// A mistake in an expression. The compiler turns it into a Diagnostic, the runtime into the same text at
// start.
struct Problem {
  int id = 0;           // LANGUAGE §14: 101 for PIPE101
  std::string message;  // lower case, no final period, code in backticks
  std::string label;    // next to the caret: "did you mean `email`?"; may be empty
  std::vector<std::string> notes;
  Origin origin;
  std::optional<Replacement> meant = {};  // what was probably meant
};

}  // namespace cdc::expr
