#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace cdc::driver {

// Where a run writes, and whether colours make sense there.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

// Runs `pipec` with the words behind the program's name; returns its exit code (LANGUAGE §15.2).
int RunPipec(const std::vector<std::string>& words, const Terminal& terminal);

}  // namespace cdc::driver
