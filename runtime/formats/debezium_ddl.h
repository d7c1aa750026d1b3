#pragma once

#include <string>

#include "runtime/formats/debezium_types.h"
#include "runtime/record/change_batch.h"

namespace cdc::formats {

// `tableChanges` of a schema change event: one entry for the table after the statement, or for the one dropped.
// Empty ("[]") for statements without a captured table.
std::string TableChangesJson(const DdlEvent& ddl);

}  // namespace cdc::formats
