#pragma once

#include "stdlib/functions/function.h"

namespace cdc::functions {

// The code that converts a value of `from` to `to`; null if there is none. See convert.h.
Code FindConverter(const Type& from, const Type& to, bool cut_text);

// By target.
Code FindNumberConverter(const Type& from, const Type& to);
Code FindTemporalConverter(const Type& from, const Type& to);
Code FindTextConverter(const Type& from, const Type& to, bool cut_text);

// What is read as its text: a text, bytes, a JSON document.
inline bool IsWritten(ValueKind kind) {
  return kind == ValueKind::kText || kind == ValueKind::kBytes || kind == ValueKind::kJson;
}

// "cannot convert 'abc' to `int`", without the value if the source is sensitive.
Failure CannotConvert(const CallSite& site, const Value& value, Arena* scratch);

// A time, datetime or timestamp in the wanted precision, half away from zero; any other value as it is.
Value RoundTemporal(const Value& value, int fraction_digits);

// Bounds of the integer types, bool, bit and year.
bool InRange(__int128 number, const Type& type);
// Position (from 1) of a label, 0 if it is none.
uint64_t FindLabel(const Type& type, std::string_view label);

}  // namespace cdc::functions
