#pragma once

// The column types that shop.orders does not have, at the ends of what they hold.

#include <string>
#include <vector>

#include "runtime/formats/format.h"
#include "stdlib/core/value.h"

namespace cdc::testing {

// `types`: of both servers; `vector`: MySQL's; `mariadb_types`: uuid and inet6. Primary key `id`.
formats::OutputShape TypesShape(const std::string& table);

// Row 1: the lowest values; row 2: the highest, and zero dates. Texts are literals.
std::vector<Value> TypesRow(const std::string& table, int number);

}  // namespace cdc::testing
