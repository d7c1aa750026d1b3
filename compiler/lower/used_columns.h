#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/schema.h"

namespace cdc::lower {

// The columns whose values a pipe's rules read by name, and those of default keys, with the types that `tables`, the
// snapshot of `source`, gives them. Tables and columns come in the snapshot's order; a table without any is left out.
// What
// `*` takes along, and what `except` leaves out, is not used: it may come and go.
std::vector<plan::UsedTable> UsedColumns(const plan::Pipe& pipe, const std::string& source,
                                         const std::vector<Schema>& tables);

}  // namespace cdc::lower
