#include "runtime/engine/retry.h"

#include <algorithm>

namespace cdc::engine {
namespace {

// Three wrong passwords can lock an account; a checksum that fails twice at one place is the log's, not the
// network's.
constexpr int kCredentialTries = 3;
constexpr int kCorruptTries = 2;

}  // namespace

RetryPolicy::Decision RetryPolicy::OnFailure(const Error& error, int64_t now_ms) {
  const RetrySettings& settings = error.code() == ErrorCode::kSinkLost       ? sink_
                                  : error.code() == ErrorCode::kRegistryLost ? registry_
                                                                             : source_;
  if (failures_++ == 0) first_failure_ms_ = now_ms;
  bool gave_up = settings.give_up_ms > 0 && now_ms - first_failure_ms_ >= settings.give_up_ms;
  switch (error.code()) {
    case ErrorCode::kSourceLost:
    case ErrorCode::kSinkLost:
    case ErrorCode::kRegistryLost:
      break;
    case ErrorCode::kCredentials:
      gave_up |= ++credential_failures_ >= kCredentialTries;
      break;
    case ErrorCode::kCorruptInput:
      gave_up |= ++corrupt_failures_ >= kCorruptTries;
      break;
    case ErrorCode::kConfig:
    case ErrorCode::kUsage:
    case ErrorCode::kSinkRejected:
    case ErrorCode::kPositionLost:
    case ErrorCode::kTakenOver:
    case ErrorCode::kResource:
    case ErrorCode::kRow:
    case ErrorCode::kRuleStop:
    case ErrorCode::kRulePause:
      return {};
  }
  if (gave_up) return {.gave_up = true};
  const int doublings = std::min(failures_ - 1, 20);
  const int64_t back_off_ms = std::min(settings.first_ms << doublings, settings.max_ms);
  return {.retry = true, .wait_ms = std::uniform_int_distribution<int64_t>(back_off_ms / 2, back_off_ms)(random_)};
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
    case ErrorCode::kRulePause:
      return 6;
    case ErrorCode::kSourceLost:
    case ErrorCode::kSinkLost:
    case ErrorCode::kRegistryLost:
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
