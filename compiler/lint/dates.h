#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cdc::lint {

// Days since 1970-01-01 of a day of the Gregorian calendar, `2026-11-21`; nothing if it is none.
std::optional<int64_t> ReadDay(std::string_view text);

}  // namespace cdc::lint
