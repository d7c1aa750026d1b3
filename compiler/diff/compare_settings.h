#pragma once

#include <string>
#include <vector>

#include "compiler/diff/diff.h"

namespace cdc::diff {

struct SettingChange {
  std::string name;
  std::string before;  // empty: not set
  std::string after;
};

// By name. Secrets are where they come from, never their values.
std::vector<SettingChange> CompareSettings(const catalog::Settings& before, const catalog::Settings& after);

// What differs between two sources, sinks or stores that have the same part in a pipe, names aside.
std::vector<Difference> CompareResources(Section::Of of, const plan::Resource& before, const plan::Resource& after);

}  // namespace cdc::diff
