#pragma once

#include <string>

#include "compiler/plan/plan.h"
#include "stdlib/core/result.h"

namespace cdc::plan {

// The number of the first table rule of `pipe` that matches a table, skip rules too; -1 if none does.
// The server's own databases match by exact name only. Errors: kConfig, a pattern that RE2 refuses.
Result<int> FindOwner(const Pipe& pipe, const std::string& database, const std::string& table);

}  // namespace cdc::plan
