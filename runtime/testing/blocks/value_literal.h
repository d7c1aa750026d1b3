#pragma once

#include <string>

#include "stdlib/core/type.h"
#include "stdlib/core/value.h"

namespace cdc::testing {

// A value as the language writes it: 12.50, 'paid', x'00ff', NULL, true for a bool.
std::string LiteralText(const Type& type, const Value& value);

}  // namespace cdc::testing
