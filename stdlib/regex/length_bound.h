#pragma once

#include <cstdint>
#include <string_view>

namespace cdc::regex {

// The most characters that the group `(?P<name>…)` of `pattern` can match; 0 if there is none, or no bound.
// Requires: `pattern` is valid RE2 syntax.
uint32_t LengthBoundOfGroup(std::string_view pattern, std::string_view name);

}  // namespace cdc::regex
