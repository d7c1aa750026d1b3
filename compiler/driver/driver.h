#pragma once

#include <string>
#include <vector>

#include "compiler/command/terminal.h"

namespace cdc::driver {

using command::Terminal;

// Runs `pipec` with the words behind the program's name; returns its exit code (LANGUAGE §15.2).
int RunPipec(const std::vector<std::string>& words, const Terminal& terminal);

}  // namespace cdc::driver
