#pragma once

#include <atomic>
#include <cstdint>

namespace cdc::testing {

// Fails the n-th call of everything that asks it, and calls behind it if told to; a test runs n = 1, 2, … until no call
// is left to fail.
class Faults {
 public:
  // fail_at 0: never.
  explicit Faults(uint64_t fail_at, uint64_t count = 1) : fail_at_(fail_at), count_(count) {}
  // True: this call has to fail. Threads: any.
  bool Strike() {
    const uint64_t call = ++calls_;
    return fail_at_ != 0 && call >= fail_at_ && call - fail_at_ < count_;
  }
  bool struck() const { return calls_ >= fail_at_; }

 private:
  const uint64_t fail_at_;
  const uint64_t count_;
  std::atomic<uint64_t> calls_{0};
};

}  // namespace cdc::testing
