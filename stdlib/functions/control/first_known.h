#pragma once

#include "stdlib/functions/typing.h"

namespace cdc::functions {

// The type rule that coalesce and ifnull share.
Binding BindFirstKnown(std::string_view name, const std::vector<Argument>& args);

}  // namespace cdc::functions
