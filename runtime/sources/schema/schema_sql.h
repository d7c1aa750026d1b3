#pragma once

#include <string>

#include "stdlib/core/schema.h"

namespace cdc::sources {

// The schema as a CREATE TABLE statement that stdlib/ddl reads back to the same schema. Lengths of index prefixes and
// expressions, which a Schema does not have, are made up.
std::string ToCreateTable(const Schema& schema);

}  // namespace cdc::sources
