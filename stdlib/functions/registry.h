#pragma once

#include <string_view>
#include <vector>

#include "stdlib/functions/function.h"

namespace cdc::functions {

// All functions and operators, in the order of all.def.
const std::vector<const FunctionDef*>& AllFunctions();

// By name or alias, any case; null if there is none.
const FunctionDef* FindFunction(std::string_view name);

}  // namespace cdc::functions
