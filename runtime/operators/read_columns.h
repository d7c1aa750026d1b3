#pragma once

#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/schema.h"

namespace cdc::operators {

// The columns of a table that its rule reads, whatever other tables it is one with: what `select` publishes, what
// expressions and `on` rules name, and its keys. By position.
std::vector<bool> ReadColumns(const plan::TableRule& rule, const Schema& table);

}  // namespace cdc::operators
