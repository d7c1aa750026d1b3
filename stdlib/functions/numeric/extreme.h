#pragma once

// What greatest and least share.

#include "stdlib/functions/typing.h"

namespace cdc::functions {

Binding BindExtreme(std::string_view function, const std::vector<Argument>& args, Code code);

// The first of the arguments that no other one beats; `sign` 1: the largest, -1: the smallest.
Value Extreme(const CallSite& site, const Value* args, size_t count, int sign, Arena* scratch);

}  // namespace cdc::functions
