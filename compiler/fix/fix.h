#pragma once

// Makes the fixes that diagnostics carry, in memory: one file, again and again until nothing is left to make.

#include <string>

#include "compiler/compile/compile.h"

namespace cdc::fix {

struct Fixed {
  std::string text;             // the file's, with every fix made that could be
  size_t fixes = 0;             // how many
  bool settled = true;          // false: there was more to make after kRoundsMax rounds
  compile::Compiled remaining;  // what is reported about `text`
};
inline constexpr int kRoundsMax = 20;

// Fixes the program at `path` whose text is `text`; what it imports stays as it is. `unsafe`: also fixes that somebody
// should look at. No fix is made after which the text has a syntax error or more errors than before: the result parses
// if `text` did. Requires: options.lint.
Fixed FixText(const std::string& path, const std::string& text, const compile::CompileOptions& options, bool unsafe);

}  // namespace cdc::fix
