#pragma once

#include <string>
#include <string_view>

namespace cdc::schema_files {

// What turns one text into the other, as `diff -u` prints it with three lines around each change; empty if they are the
// same. `before_name`, `after_name`: for its two first lines; `/dev/null` where there is no text. Lines that are kept
// are the most that can be.
std::string UnifiedDiff(std::string_view before_name, std::string_view before, std::string_view after_name,
                        std::string_view after);

}  // namespace cdc::schema_files
