#pragma once

#include "compiler/driver/arguments.h"
#include "compiler/driver/driver.h"

namespace cdc::driver {

// Runs `pipec fmt`: every file is read, formatted and replaced on its own, so one with a mistake stops no other.
// Returns 0, 1 (syntax errors; with `--check` other layouts) or 2 (what cannot be read or written). Standard output has
// the list of `--check`, or the text that came from standard input; everything else goes to standard error.
int Fmt(const Arguments& arguments, const Terminal& terminal);

}  // namespace cdc::driver
