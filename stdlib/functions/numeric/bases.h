#pragma once

// Numbers of 64 bits in bases 2 to 36.

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {

// The number that a text starts with, 0 if with none; too large: all bits. A negative base reads a signed number.
uint64_t ReadInBase(std::string_view text, int base);
// Its digits, upper case; a negative base shows it as a signed number.
Value InBase(uint64_t number, int base, Arena* scratch);
// The whole part of a number: negative ones as two's complement, too large ones with all bits set.
uint64_t WholeBits(const Value& number);

// One number to its digits in a base.
Binding BindBase(std::string_view function, const std::vector<Argument>& args, Code code);

}  // namespace cdc::functions
