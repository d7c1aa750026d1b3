#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::operators {

// The columns of a table with those marked that the program declares sensitive, so that an expression over them is.
// Errors: kConfig, a pattern that does not compile.
Result<Schema> MarkSensitive(const plan::Plan& plan, const std::string& database, const std::string& table,
                             Schema schema);

}  // namespace cdc::operators
