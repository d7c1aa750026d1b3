#pragma once

#include <string>

#include "stdlib/core/result.h"

namespace cdc::formats {

// Seconds east of UTC of a `zone` setting: 'UTC' or an offset like '+08:00', at most 14 hours.
// Errors: kConfig; a named zone of the tz database is PIPE010.
Result<int> ZoneOffsetSeconds(const std::string& zone);

}  // namespace cdc::formats
