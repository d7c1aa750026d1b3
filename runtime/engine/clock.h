#pragma once

#include <cstdint>
#include <memory>

namespace cdc::engine {

// Time as the engine sees it; tests give it a scripted one.
class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since some fixed moment, never going back.
  virtual int64_t NowMs() const = 0;
  // Microseconds since 1970 UTC.
  virtual int64_t WallMicros() const = 0;
};

std::unique_ptr<Clock> MakeSystemClock();

}  // namespace cdc::engine
