#pragma once

#include <filesystem>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/load/load.h"

namespace cdc::load {

// Reads every source's folder of a schema directory. A file that is no CREATE TABLE is PIPE001, with its
// path.
std::vector<Snapshot> ReadSnapshots(const std::filesystem::path& directory, diag::Diagnostics* diagnostics);

// The whole file. Errors: kUsage, with the reason.
Result<std::string> ReadFile(const std::filesystem::path& path);

}  // namespace cdc::load
