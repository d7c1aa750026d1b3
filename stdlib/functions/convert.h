#pragma once

// Conversions between MySQL's types: what cast, `as name type` and mixed operands use. Strict where MySQL
// guesses: text that is no number, a value out of range, an unknown label are failures, never 0 or a cut-off
// value.

#include <optional>

#include "stdlib/functions/function.h"

namespace cdc::functions {

enum class Risk : uint8_t {
  kNone,        // always possible; digits after the point may be rounded
  kRange,       // possible for some values: out of range, too long
  kText,        // the text may not be one of the wanted type
  kImpossible,  // no value of the one type is a value of the other
};
Risk ConversionRisk(const Type& from, const Type& to);

// The call with one argument that converts; nothing if it is impossible. `cut_text`: a text longer than the
// type is cut, as CAST does; otherwise that is a failure. Failures name the value unless the type is
// sensitive.
std::optional<Call> MakeConversion(const Type& from, const Type& to, bool cut_text);

// Whether values of the two types are the same bytes, so that no conversion is needed.
bool SameRepresentation(const Type& from, const Type& to);

}  // namespace cdc::functions
