#pragma once

// Which documents contain, or share, which. Source: MySQL reference manual, "Functions That Search JSON Values".

#include "stdlib/functions/json/document.h"

namespace cdc::functions {

bool JsonContainsValue(std::string_view target, std::string_view wanted, Arena* scratch);
bool JsonOverlap(std::string_view a, std::string_view b, Arena* scratch);

}  // namespace cdc::functions
