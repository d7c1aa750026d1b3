#pragma once

// What functions that look for one text in another share. Texts compare by their bytes.

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {

// The position of `wanted` at or behind position `from`, all counted from 1 in characters (bytes); 0: nowhere.
int64_t PositionOf(const Value& text, const Value& wanted, int64_t from);

// Two texts, and a bigint that is NULL only if an argument is.
Binding BindSearch(std::string_view function, const std::vector<Argument>& args, Code code);

}  // namespace cdc::functions
