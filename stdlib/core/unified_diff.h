#pragma once

#include <string>
#include <string_view>

namespace cdc {

// What `diff -u` says of two texts, three lines around each change; empty if they are the same. `patch` takes it.
// The names are those of its two first lines: a file twice, or `/dev/null` where there is no text.
std::string UnifiedDiff(std::string_view before_name, std::string_view before, std::string_view after_name,
                        std::string_view after);

}  // namespace cdc
