#pragma once

#include <cstdio>
#include <cstdlib>

namespace cdc {

// Ends the process: an invariant of ours is broken (exit 70). Never for bytes or text from outside.
[[noreturn]] inline void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr,
               "pipewright: invariant broken: %s\n  at %s:%d\nThis is a bug of ours; please report it with "
               "this text.\n",
               condition, file, line);
  std::fflush(stderr);
  std::_Exit(70);
}

}  // namespace cdc

#define CHECK(condition)                                  \
  do {                                                    \
    if (!(condition)) [[unlikely]]                        \
      ::cdc::CheckFailed(#condition, __FILE__, __LINE__); \
  } while (false)
