#pragma once

#include <string>
#include <vector>

#include "compiler/driver/driver.h"

namespace cdc::driver {

// `pipec explain WORD…`: the page of each word; without words, what has one. Returns the exit code: 2 if a word is
// unknown.
int ExplainWords(const std::vector<std::string>& words, const Terminal& terminal);

}  // namespace cdc::driver
