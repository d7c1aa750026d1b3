#pragma once

// Dates and times read by a format of MySQL, as str_to_date does.

#include <optional>
#include <string_view>

#include "stdlib/functions/temporal/moment.h"

namespace cdc::functions {

struct FormatParts {
  bool date = false;
  bool clock = false;
  bool fraction = false;
  char wrong = '\0';  // a part that is not read
};
FormatParts PartsOf(std::string_view format);

// Parts that the text ends before stay zero; what stands behind the format is not looked at. Nothing if the text does
// not follow the format. The day may be one that its month does not have.
std::optional<CivilTime> ReadFormatted(std::string_view text, std::string_view format);

}  // namespace cdc::functions
