#pragma once

#include <string>

#include "stdlib/core/arena.h"
#include "stdlib/core/type.h"
#include "stdlib/core/value.h"

namespace cdc::testing {

// A value as the language writes it: 12.50, 'paid', x'00ff', NULL, true for a bool.
std::string LiteralText(const Type& type, const Value& value);

// The same value with its bytes in `arena`.
Value CopyValue(const Value& value, Arena* arena);

}  // namespace cdc::testing
