#pragma once

#include <array>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {

using UuidBytes = std::array<char, 16>;

// The forms of MySQL: with dashes, the same in braces, and 32 digits alone.
std::optional<UuidBytes> ReadUuid(std::string_view text);
// With dashes, lower case.
Value UuidText(const UuidBytes& uuid, Arena* scratch);

// MySQL's swapped order, in which the time of a UUID of version 1 comes first, and back.
UuidBytes TimeFirst(const UuidBytes& uuid);
UuidBytes TimeThird(const UuidBytes& swapped);

}  // namespace cdc::functions
