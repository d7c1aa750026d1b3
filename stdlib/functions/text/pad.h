#pragma once

// What lpad and rpad share.

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {

enum class PadSide : uint8_t { kLeft, kRight };

// The text brought to `length` characters (bytes); NULL for a negative length, and beyond kResultBytesMax.
Value Padded(const Value& text, const Value& length, const Value& pad, PadSide side, Arena* scratch);

Binding BindPad(std::string_view function, const std::vector<Argument>& args, Code code);

}  // namespace cdc::functions
