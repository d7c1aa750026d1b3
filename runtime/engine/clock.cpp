#include "runtime/engine/clock.h"

#include <chrono>

namespace cdc::engine {
namespace {

class SystemClock : public Clock {
 public:
  int64_t NowMs() const override {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
  }
  int64_t WallMicros() const override {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  }
  bool WaitFor(std::unique_lock<std::mutex>* lock, std::condition_variable* wake, int64_t wait_ms,
               const std::function<bool()>& done) const override {
    return wake->wait_for(*lock, std::chrono::milliseconds(wait_ms), done);
  }
};

}  // namespace

std::unique_ptr<Clock> MakeSystemClock() { return std::make_unique<SystemClock>(); }

}  // namespace cdc::engine
