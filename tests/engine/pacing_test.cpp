#include <gtest/gtest.h>

#include "runtime/engine/commit_pacer.h"

namespace cdc::engine {
namespace {

CommitPacer::Situation Waiting() { return {.has_records = true, .has_position = true, .backlog = true, .bytes = 10}; }

TEST(CommitPacer, IsolatedRowGoesAtOnce) {
  CommitPacer pacer({});
  pacer.OnCommit(1000, 1000, false);
  auto situation = Waiting();
  situation.backlog = false;
  situation.source_idle = true;
  EXPECT_TRUE(pacer.ShouldCommit(situation, 1000));
}

TEST(CommitPacer, UnderLoadEveryInterval) {
  CommitPacer pacer({.every_ms = 100});
  pacer.OnCommit(1000, 1000, false);
  EXPECT_FALSE(pacer.ShouldCommit(Waiting(), 1099));
  EXPECT_TRUE(pacer.ShouldCommit(Waiting(), 1100));
}

TEST(CommitPacer, BacklogKeepsCommitsBelowFivePercent) {
  CommitPacer pacer({.every_ms = 100, .every_max_ms = 1000});
  pacer.OnCommit(1000, 1020, true);  // 20 ms: the next one in 400 ms
  EXPECT_FALSE(pacer.ShouldCommit(Waiting(), 1419));
  EXPECT_TRUE(pacer.ShouldCommit(Waiting(), 1420));
  pacer.OnCommit(2000, 2200, true);  // 200 ms: never later than the maximum
  EXPECT_TRUE(pacer.ShouldCommit(Waiting(), 3200));
}

TEST(CommitPacer, TransactionSizeIsBounded) {
  CommitPacer pacer({.bytes_max = 100});
  pacer.OnCommit(1000, 1000, true);
  auto situation = Waiting();
  situation.bytes = 100;
  EXPECT_TRUE(pacer.ShouldCommit(situation, 1001));
}

TEST(CommitPacer, IdlePositionOncePerHeartbeat) {
  CommitPacer pacer({.heartbeat_ms = 10'000});
  pacer.OnCommit(1000, 1000, false);
  const CommitPacer::Situation idle{.has_position = true, .source_idle = true};
  EXPECT_FALSE(pacer.ShouldCommit(idle, 10'999));
  EXPECT_TRUE(pacer.ShouldCommit(idle, 11'000));
  EXPECT_FALSE(pacer.ShouldCommit({}, 100'000));
}

}  // namespace
}  // namespace cdc::engine
