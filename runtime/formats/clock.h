#pragma once

#include <chrono>
#include <cstdint>

#include "runtime/record/change_batch.h"

namespace cdc::formats {

// The time that fields defined as processing time carry: the commit time, so that a replay gives the same bytes, or
// the real one for `clock = processing`. Microseconds since 1970 UTC.
inline int64_t ProcessingMicros(bool real, const Group& group) {
  if (!real) return group.commit_time_us;
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace cdc::formats
