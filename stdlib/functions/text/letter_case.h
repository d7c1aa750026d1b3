#pragma once

#include "stdlib/core/arena.h"
#include "stdlib/core/utf8.h"
#include "stdlib/core/value.h"

namespace cdc::functions {

// Maps every character of a text; bytes that are no character stay as they are.
Value MapLetters(const Value& text, char32_t (*map)(char32_t), Arena* scratch);

}  // namespace cdc::functions
