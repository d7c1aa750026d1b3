#pragma once

#include <string>

#include "stdlib/core/schema.h"

namespace cdc::sources {

// The schema as a CREATE TABLE statement that stdlib/ddl reads back to the same columns, types and keys.
std::string ToCreateTable(const Schema& schema);

}  // namespace cdc::sources
