#pragma once

#include <atomic>
#include <cstdint>

namespace cdc::testing {

// Fails the n-th call of everything that asks it; a test runs n = 1, 2, … until no call is left to fail.
class Faults {
 public:
  // fail_at 0: never.
  explicit Faults(uint64_t fail_at) : fail_at_(fail_at) {}
  // True: this call has to fail. Threads: any.
  bool Strike() { return ++calls_ == fail_at_; }
  bool struck() const { return calls_ >= fail_at_; }

 private:
  const uint64_t fail_at_;
  std::atomic<uint64_t> calls_{0};
};

}  // namespace cdc::testing
