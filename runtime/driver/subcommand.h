#pragma once

// The subcommands of piperun: one file each, and one line in subcommands.def.

#include <string>
#include <string_view>
#include <vector>

namespace cdc::driver {

struct Subcommand {
  std::string_view name = "";
  std::string_view lines = "";  // its lines of `piperun --help`
  std::string_view help = "";   // the page behind `piperun NAME --help`
  // Runs it with the words behind its name and returns the exit code of LANGUAGE §15.2; writes its own errors.
  // Requires: called on the main thread before any other thread was started.
  int (*run)(const std::vector<std::string>& words) = nullptr;
};

#define PIPERUN_SUBCOMMAND(function, name) Subcommand function();
#include "runtime/driver/subcommands.def"
#undef PIPERUN_SUBCOMMAND

// `piperun WORDS…`: finds the subcommand and runs it; help and version. Returns the exit code.
int RunPiperun(const std::vector<std::string>& words);

}  // namespace cdc::driver
