#pragma once

#include <string>
#include <vector>

#include "runtime/driver/program_arguments.h"
#include "stdlib/core/result.h"

namespace cdc::driver {

struct RunArguments : ProgramArguments {
  bool until_caught_up = false;
  std::string start;  // --start
  bool reset_position = false;
  bool json_log = false;  // --log-format json
};

// Reads the words after `piperun run`. Errors: kUsage.
Result<RunArguments> ParseRunArguments(const std::vector<std::string>& words);

extern const char* const kRunLines;  // its lines of piperun --help
extern const char* const kRunHelp;   // piperun run --help

}  // namespace cdc::driver
