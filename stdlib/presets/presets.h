#pragma once

// The presets that come with the language, `use std.name`: one file of this folder each, NAME.pipe, which declares
// presets of that name for the kinds of places that it fits.

#include <string_view>
#include <vector>

namespace cdc::presets {

struct Preset {
  std::string_view name;
  std::string_view text;  // of its file
};

// By name. Lifetime: the process.
const std::vector<Preset>& Presets();

}  // namespace cdc::presets
