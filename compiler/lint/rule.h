#pragma once

// One rule: one file in rules/, one line in rules.def. A rule is a function from what it looks at to diagnostics of its
// own kind; it keeps nothing between two calls.

#include <vector>

#include "compiler/lint/lint.h"
#include "compiler/lint/program.h"

namespace cdc::lint {

struct Rule {
  diag::Kind kind = diag::Kind::kSyntax;
  bool on = true;  // unless a project or a command line says otherwise
  // What it looks at: a file as text and tree, or a checked program. UselessSuppression has neither: suppressions.h.
  void (*of_file)(const FileView& file, diag::Diagnostics* diagnostics) = nullptr;
  void (*of_program)(const ProgramView& program, diag::Diagnostics* diagnostics) = nullptr;
};

#define PIPEWRIGHT_LINT_RULE(number, function) Rule function();
#include "compiler/lint/rules.def"
#undef PIPEWRIGHT_LINT_RULE

// In the order of the list.
const std::vector<Rule>& Rules();

}  // namespace cdc::lint
