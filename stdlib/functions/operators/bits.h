#pragma once

// Bit operators work on 64 bits without sign, whatever the operands, as in MySQL.

#include "stdlib/functions/typing.h"

namespace cdc::functions {

// The 64 bits of a number; a negative one in two's complement, a fraction rounded. Requires: not NULL.
uint64_t BitsOf(const Value& value);

Binding BindBits(std::string_view function, const std::vector<Argument>& args, Code code);

}  // namespace cdc::functions
