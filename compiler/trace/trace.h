#pragma once

// Why a table is treated as it is: which rule owns it and why the others do not, and where each of its settings comes
// from (LANGUAGE §8, §15.1).

#include <string>

#include "compiler/compile/compile.h"
#include "compiler/trace/table_name.h"

namespace cdc::trace {

// For people: pipe by pipe. Requires: `compiled` has a plan.
// Errors: kUsage, a name without a database that no schema snapshot has.
Result<std::string> ExplainTable(const compile::Compiled& compiled, const TableName& name);

}  // namespace cdc::trace
