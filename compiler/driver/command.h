#pragma once

// The commands of pipec: one file each, named after it, and one line in commands.def.

#include <string>
#include <string_view>
#include <vector>

#include "compiler/command/options.h"
#include "compiler/driver/driver.h"

namespace cdc::driver {

struct Command {
  std::string_view name = "";
  std::string_view lines = "";  // its lines of `pipec --help`
  std::string_view help = "";   // the page behind `pipec NAME --help`
  // The option that says in which form findings are written, and where to: --format and standard output, or
  // --diagnostics and standard error where the output is something else.
  std::string_view form_option = "--format";
  // Runs it with the words behind its name; returns the exit code.
  // Errors: kUsage, written by the caller in the form asked for.
  Result<int> (*run)(const std::vector<std::string>& words, const Terminal& terminal) = nullptr;
};

#define PIPEWRIGHT_COMMAND(function, name) Command function();
#include "compiler/driver/commands.def"
#undef PIPEWRIGHT_COMMAND

// In the order of the list.
const std::vector<Command>& Commands();

}  // namespace cdc::driver
