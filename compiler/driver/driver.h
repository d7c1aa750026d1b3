#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace cdc::driver {

// Where a run writes, whether colours make sense there, and what day it is.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::string today = "";  // UTC, as 2026-11-21; empty: unknown, and nothing expires
};

// Runs `pipec` with the words behind the program's name; returns its exit code (LANGUAGE §15.2).
int RunPipec(const std::vector<std::string>& words, const Terminal& terminal);

}  // namespace cdc::driver
