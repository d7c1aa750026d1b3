#pragma once

// What functions of real numbers share: exact numbers are read as doubles, the result is a double.

#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {

// `may_be_null`: the function is not defined for every number.
Binding BindReal(std::string_view function, const std::vector<Argument>& args, Code code, bool may_be_null);

}  // namespace cdc::functions
