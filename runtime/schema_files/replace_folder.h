#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "stdlib/core/result.h"

namespace cdc::schema_files {

// Changes a folder in one step: readers, and whoever looks after a crash, find the old or the new one. The new one is
// made beside it, with everything that stays as hard links, and the two change places. `written`, `removed`: paths
// below the folder. What they do not name stays. A folder that is not there is made, and so are the folders above it.
// Errors: kUsage with the reason; kResource, another process is replacing a folder there.
Status ReplaceFolder(const std::filesystem::path& folder, const std::map<std::filesystem::path, std::string>& written,
                     const std::set<std::filesystem::path>& removed);

}  // namespace cdc::schema_files
