#include "runtime/engine/commit_pacer.h"

#include <algorithm>

namespace cdc::engine {
namespace {

constexpr int64_t kCommitShare = 20;  // commits take at most one 20th of the time under backlog
constexpr int kIdleWaitMs = 50;

}  // namespace

bool CommitPacer::ShouldCommit(const Situation& situation, int64_t now_ms) const {
  if (situation.has_records) {
    if (situation.bytes >= settings_.bytes_max) return true;
    if (situation.source_idle && !situation.backlog) return true;
    return now_ms - last_commit_ms_ >= interval_ms_;
  }
  return situation.has_position && now_ms - last_commit_ms_ >= settings_.heartbeat_ms;
}

int CommitPacer::WaitMs(const Situation& situation, int64_t now_ms) const {
  if (!situation.has_records) return kIdleWaitMs;
  return static_cast<int>(std::clamp<int64_t>(last_commit_ms_ + interval_ms_ - now_ms, 0, kIdleWaitMs));
}

void CommitPacer::OnCommit(int64_t started_ms, int64_t ended_ms, bool backlog) {
  last_commit_ms_ = ended_ms;
  const int64_t wanted = backlog ? (ended_ms - started_ms) * kCommitShare : settings_.every_ms;
  interval_ms_ = std::clamp(wanted, settings_.every_ms, std::max(settings_.every_ms, settings_.every_max_ms));
}

}  // namespace cdc::engine
