#include "runtime/formats/zone.h"

namespace cdc::formats {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Result<int> ZoneOffsetSeconds(const std::string& zone) {
  if (zone == "UTC") return 0;
  const bool offset = zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && IsDigit(zone[1]) && IsDigit(zone[2]) &&
                      zone[3] == ':' && IsDigit(zone[4]) && IsDigit(zone[5]);
  if (!offset) {
    return Error(ErrorCode::kConfig, "error: zone '" + zone + "' is not available yet: only 'UTC' and offsets like " +
                                         "'+08:00' are [PIPE010 not-available-yet]");
  }
  const int minutes = ((zone[1] - '0') * 10 + zone[2] - '0') * 60 + (zone[4] - '0') * 10 + zone[5] - '0';
  if (zone[4] > '5' || minutes > 14 * 60) {
    return Error(ErrorCode::kConfig,
                 "error: zone '" + zone + "' is no offset between -14:00 and +14:00 " + "[PIPE116 bad-setting-value]");
  }
  return (zone[0] == '-' ? -minutes : minutes) * 60;
}

}  // namespace cdc::formats
