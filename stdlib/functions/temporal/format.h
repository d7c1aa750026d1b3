#pragma once

// Dates and times written by a format of MySQL: `%Y-%m-%d %H:%i:%s`.

#include <array>
#include <string_view>

#include "stdlib/core/arena.h"
#include "stdlib/core/temporal.h"
#include "stdlib/core/value.h"

namespace cdc::functions {

extern const std::array<std::string_view, 13> kMonthNames;  // [0] is empty
extern const std::array<std::string_view, 7> kDayNames;     // from Sunday

// The longest thing that two characters of a format become.
inline constexpr size_t kFormatPartMax = 16;
// A longer format writes NULL.
inline constexpr size_t kFormatBytesMax = 4 << 20;

// NULL where the format asks for a name or number that this date does not have (a zero month has no name).
// A `negative` time has a sign in front.
Value Formatted(const CivilTime& time, bool negative, std::string_view format, Arena* scratch);

}  // namespace cdc::functions
