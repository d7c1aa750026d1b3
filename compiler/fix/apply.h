#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"

namespace cdc::fix {

// The text with the fixes made, all edits of each in this one file. Where two get in each other's way, the one whose
// first edit stands first is made, and of two at one place the one that comes first in `fixes`; the other waits for the
// next round, when it may not be needed any more. `*applied`: positions of those made, ascending.
std::string Apply(const std::string& text, const std::vector<diag::Fix>& fixes, std::vector<size_t>* applied);

}  // namespace cdc::fix
