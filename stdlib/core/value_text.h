#pragma once

#include <string_view>

#include "stdlib/core/arena.h"
#include "stdlib/core/type.h"
#include "stdlib/core/value.h"

namespace cdc {

// A value as text, as MySQL prints it: integers in decimal (BIT too), DECIMAL with its scale, temporal values
// with their type's fraction digits (TIMESTAMP in UTC), ENUM and SET as labels, strings and bytes as they
// are, floats by number_text.h's MySQL form. Empty for NULL. Lifetime: the value's own bytes, the type's
// labels, or `scratch`.
std::string_view TextOf(const Type& type, const Value& value, Arena* scratch);

// The most characters TextOf() gives for a value of this type; 4294967295 if there is no bound.
uint32_t TextLengthMax(const Type& type);

}  // namespace cdc
