#pragma once

#include <string>
#include <string_view>

#include "stdlib/core/result.h"

namespace cdc::load {

// Gives a file new contents in one step: readers see the old or the new text, a crash leaves one of them. The mode is
// kept, and the owner where the process may; a symbolic link stays, its target is replaced. The text is on disk when
// this returns. Errors: kUsage, with the reason: the file is not there or not writable, its folder is not, disk full;
// the file is then as it was.
Status ReplaceFile(const std::string& path, std::string_view text);

}  // namespace cdc::load
