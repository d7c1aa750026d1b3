#pragma once

#include <cstdint>
#include <string>

#include "stdlib/core/schema.h"

namespace cdc::formats {

// What Canal says about a column, as far as it does not depend on the value.
struct CanalType {
  std::string mysql_type;       // column type text
  int sql_type = 12;            // java.sql.Types
  int widened_sql_type = 12;    // of a value above `limit`
  uint64_t limit = UINT64_MAX;  // largest value of an unsigned integer whose top bit is clear
};

// False: the format has no rule for the type (PIPE114). `labels`: ENUM and SET are written as text.
bool CanalTypeOf(const Column& column, bool labels, CanalType* type);

}  // namespace cdc::formats
