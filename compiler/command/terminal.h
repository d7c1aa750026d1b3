#pragma once

#include <iosfwd>
#include <string>

namespace cdc::command {

// Where a run writes, whether colours make sense there, and what day it is.
struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::string today = "";  // UTC, as 2026-11-21; empty: unknown, and nothing expires
};

}  // namespace cdc::command
