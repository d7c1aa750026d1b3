#pragma once

#include "runtime/driver/arguments.h"

namespace cdc::driver {

// `piperun run`: compiles or loads the program, runs every pipe of it until it ends or a signal asks to stop.
// Returns the exit code of LANGUAGE §15.2.
// Requires: called on the main thread before any other thread was started (it blocks signals for all).
int Run(const RunArguments& arguments);

}  // namespace cdc::driver
