#pragma once

// The one place that decides what a failure leads to (ENGINEERING §5, ENGINE §8).

#include <cstdint>
#include <random>

#include "stdlib/core/result.h"

namespace cdc::engine {

struct RetrySettings {
  int64_t first_ms = 100;
  int64_t max_ms = 30'000;
  int64_t give_up_ms = 12 * 3600 * 1000LL;  // 0: never give up
};

// Decides, failure after failure, whether a pipe rewinds and tries again. OnProgress() resets it. A lost sink or
// registry is tried again as its settings say, all else as the source's.
class RetryPolicy {
 public:
  RetryPolicy(RetrySettings source, RetrySettings sink, RetrySettings registry = {})
      : source_(source), sink_(sink), registry_(registry) {}

  struct Decision {
    bool retry = false;
    bool gave_up = false;  // it was worth trying again, and has been tried enough
    int64_t wait_ms = 0;   // with jitter: between half of the back-off and all of it
  };
  Decision OnFailure(const Error& error, int64_t now_ms);
  // Something was committed since the last failure.
  void OnProgress();
  // Since the last progress.
  int failures() const { return failures_; }

 private:
  RetrySettings source_;
  RetrySettings sink_;
  RetrySettings registry_;
  std::minstd_rand random_{std::random_device{}()};
  int failures_ = 0;
  int credential_failures_ = 0;
  int corrupt_failures_ = 0;
  int64_t first_failure_ms_ = 0;
};

// LANGUAGE §15.2.
int ExitCode(ErrorCode code);

}  // namespace cdc::engine
