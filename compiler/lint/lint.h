#pragma once

#include <string_view>
#include <vector>

namespace cdc::lint {

// One rule that warns or judges style: passes over a checked program, one file each, listed in rules.def.
struct RuleInfo {
  int id = 0;  // 204 for PIPE204
  std::string_view name;
};

// The rules that this release has: none yet. `pipec lint` says so instead of finding nothing.
const std::vector<RuleInfo>& Rules();

}  // namespace cdc::lint
