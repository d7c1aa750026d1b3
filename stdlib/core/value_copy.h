#pragma once

#include "stdlib/core/arena.h"
#include "stdlib/core/value.h"

namespace cdc {

// The same value with its bytes in `arena`.
Value CopyValue(const Value& value, Arena* arena);

}  // namespace cdc
