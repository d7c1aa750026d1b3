#pragma once

namespace cdc {

// Ends the process with a report (crash_report.h): an invariant of ours is broken (exit 70). Never for bytes or text
// from outside.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace cdc

#define CHECK(condition)                                  \
  do {                                                    \
    if (!(condition)) [[unlikely]]                        \
      ::cdc::CheckFailed(#condition, __FILE__, __LINE__); \
  } while (false)
