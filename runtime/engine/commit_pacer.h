#pragma once

// When a lane commits (ENGINE §3 "Commit adapts"). A Kafka transaction costs 13–25 ms whatever its size, so: at once
// when the source is idle and rows are waiting, else every `commit_every`, and under backlog so seldom that commits
// take less than 5 % of the time.

#include <cstdint>

namespace cdc::engine {

struct CommitSettings {
  int64_t every_ms = 100;
  int64_t every_max_ms = 1000;
  uint64_t bytes_max = 256ull << 20;
  int64_t heartbeat_ms = 10'000;  // an idle position is saved this often
};

class CommitPacer {
 public:
  explicit CommitPacer(CommitSettings settings) : settings_(settings), interval_ms_(settings.every_ms) {}

  struct Situation {
    bool has_records = false;   // something was written since the last commit
    bool has_position = false;  // the position moved since the last commit
    bool backlog = false;       // more batches are waiting
    bool source_idle = false;   // the newest batch was the last that the source had
    uint64_t bytes = 0;         // written since the last commit
  };
  bool ShouldCommit(const Situation& situation, int64_t now_ms) const;
  // How long a lane may wait for the next batch before it asks again.
  int WaitMs(const Situation& situation, int64_t now_ms) const;
  void OnCommit(int64_t started_ms, int64_t ended_ms, bool backlog);

 private:
  CommitSettings settings_;
  int64_t interval_ms_;
  int64_t last_commit_ms_ = 0;
};

}  // namespace cdc::engine
