#pragma once

#include <string>

namespace cdc::fix {

// What `diff -u` says of two texts of one file, three lines around each change; empty if they are the same. `patch`
// takes it.
std::string UnifiedDiff(const std::string& path, const std::string& before, const std::string& after);

}  // namespace cdc::fix
