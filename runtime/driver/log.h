#pragma once

namespace cdc::driver {

// Sets up the log on stderr: text for people, or one JSON object per line. `quiet`: errors only.
void SetUpLog(bool json, bool quiet);

}  // namespace cdc::driver
