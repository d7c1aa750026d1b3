#include "runtime/engine/retry.h"

#include <algorithm>

namespace cdc::engine {
namespace {

// Three wrong passwords can lock an account; a checksum that fails twice at one place is the log's, not the network's.
constexpr int kCredentialTries = 3;
constexpr int kCorruptTries = 2;

}  // namespace

RetryPolicy::Decision RetryPolicy::OnFailure(const Error& error, int64_t now_ms) {
  switch (error.code()) {
    case ErrorCode::kSourceLost:
    case ErrorCode::kSinkLost:
      break;
    case ErrorCode::kCredentials:
      if (++credential_failures_ >= kCredentialTries) return {};
      break;
    case ErrorCode::kCorruptInput:
      if (++corrupt_failures_ >= kCorruptTries) return {};
      break;
    case ErrorCode::kConfig:
    case ErrorCode::kUsage:
    case ErrorCode::kSinkRejected:
    case ErrorCode::kPositionLost:
    case ErrorCode::kTakenOver:
    case ErrorCode::kResource:
    case ErrorCode::kRow:
    case ErrorCode::kRuleStop:
      return {};
  }
  if (failures_++ == 0) first_failure_ms_ = now_ms;
  if (settings_.give_up_ms > 0 && now_ms - first_failure_ms_ >= settings_.give_up_ms) return {};
  const int doublings = std::min(failures_ - 1, 20);
  return {true, std::min(settings_.first_ms << doublings, settings_.max_ms)};
}

void RetryPolicy::OnProgress() {
  failures_ = 0;
  credential_failures_ = 0;
  corrupt_failures_ = 0;
}

int ExitCode(ErrorCode code) {
  switch (code) {
    case ErrorCode::kConfig:
      return 1;
    case ErrorCode::kUsage:
      return 2;
    case ErrorCode::kRuleStop:
      return 6;
    case ErrorCode::kSourceLost:
    case ErrorCode::kSinkLost:
    case ErrorCode::kSinkRejected:
    case ErrorCode::kCredentials:
    case ErrorCode::kPositionLost:
    case ErrorCode::kTakenOver:
    case ErrorCode::kCorruptInput:
    case ErrorCode::kResource:
    case ErrorCode::kRow:
      return 3;
  }
  return 70;
}

}  // namespace cdc::engine
