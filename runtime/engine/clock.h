#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace cdc::engine {

// Time as the engine sees it; tests give it a scripted one.
class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since some fixed moment, never going back.
  virtual int64_t NowMs() const = 0;
  // Microseconds since 1970 UTC.
  virtual int64_t WallMicros() const = 0;
  // Waits on `wake` until `done()`, or until `wait_ms` milliseconds of this clock have passed; returns done().
  // Requires: `lock` holds the mutex that guards what `done` reads; who changes that notifies `wake`.
  virtual bool WaitFor(std::unique_lock<std::mutex>* lock, std::condition_variable* wake, int64_t wait_ms,
                       const std::function<bool()>& done) const = 0;
};

std::unique_ptr<Clock> MakeSystemClock();

}  // namespace cdc::engine
