#pragma once

#include <string_view>

#include "stdlib/core/out_buffer.h"

namespace cdc::formats {

// MySQL's text of a JSON document without white space between its tokens, and its doubles without an exponent.
// Overwrites `scratch`, which the result points into. Requires: valid JSON.
std::string_view CompactJson(std::string_view text, OutBuffer* scratch);

}  // namespace cdc::formats
