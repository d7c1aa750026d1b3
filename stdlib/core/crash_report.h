#pragma once

namespace cdc {

// From now on an exception that nobody expected ends the process as a broken invariant (check.h) does: exit 70, with
// what happened and the place of a report (version, what, stack) in the folder for temporary files. `program` and
// `version` live as long as the process.
void SetUpCrashReports(const char* program, const char* version);

}  // namespace cdc
