#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "runtime/engine/clock.h"

namespace cdc::testing {

// A clock whose time moves only when a test says so: whatever waits on it, waits until then.
class ManualClock : public engine::Clock {
 public:
  // Threads: any but one that waits on it.
  virtual void Advance(int64_t ms) = 0;

  // Whether exactly `threads` threads wait on this clock and none of them can go on before time moves: what they did
  // before is done.
  virtual bool Rests(size_t threads) const = 0;
  // Blocks until they rest. False: that did not come to be within half a minute of real time.
  virtual bool AwaitRest(size_t threads) const = 0;

  // When the first of the waiting threads goes on. Requires: Rests(1 or more).
  virtual int64_t NextDeadlineMs() const = 0;

  static std::unique_ptr<ManualClock> Make();
};

}  // namespace cdc::testing
