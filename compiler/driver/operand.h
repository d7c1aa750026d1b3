#pragma once

// What stands behind `pipec diff`: a program, a JSON plan, or one of them at a revision in git.

#include <optional>
#include <string>
#include <vector>

#include "compiler/compile/compile.h"

namespace cdc::driver {

// `git:main`, `git:main:orders.pipe`, `orders.pipe`.
struct Operand {
  std::string shown;     // as it was written
  std::string revision;  // empty: the file as it is
  std::string path;  // of the file, or in the revision, from the repository's root; empty: that of the other operand
};
Operand ReadOperand(const std::string& word);

// Compiles it, or reads it if it is a plan; `other` is the file that stands beside it. Paths in the findings are those
// of the repository. Errors: kUsage, also those of git.
Result<compile::Compiled> Compile(const Operand& operand, const std::string& other,
                                  const compile::CompileOptions& options);

}  // namespace cdc::driver
