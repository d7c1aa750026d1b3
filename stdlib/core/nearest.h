#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cdc {

// The nearest of `candidates` by edit distance (case ignored, a swap of neighbours counts once), if near
// enough to be meant; for "did you mean".
std::optional<std::string> Nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace cdc
