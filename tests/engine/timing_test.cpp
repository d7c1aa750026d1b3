// When a pipe commits, tries again and gives up: the whole engine on a manual clock, so hours pass at once and every
// moment is exact. The threads of a running pipe rest on the clock when the source, the transform and the lane wait.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/engine/pipe_runner.h"
#include "runtime/testing/manual_clock.h"
#include "runtime/testing/scripted_sink.h"
#include "runtime/testing/scripted_source.h"
#include "runtime/testing/scripted_transform.h"

namespace cdc::testing {
namespace {

constexpr size_t kThreads = 3;

class Timing : public ::testing::Test {
 protected:
  ~Timing() override {
    if (!run_.joinable()) return;
    runner_->Abandon();
    run_.join();
  }

  // Runs a pipe over `script` in a thread of its own; `sink_faults` fail its sink.
  void Start(ScriptedSourceOptions script, engine::RunnerSettings settings, Faults* sink_faults = nullptr) {
    script.clock = clock_.get();
    sink_ = ScriptedSink::Make(sink_faults == nullptr ? &none_ : sink_faults, CommitFault::kNotCommitted);
    source_ = MakeScriptedSource(script, &none_);
    runner_ = engine::PipeRunner::Make(settings, source_.get(), sink_.get(), transform_.get(), clock_.get(), {});
    run_ = std::thread([this] { ended_ = runner_->Run(); });
  }

  Status Join() {
    run_.join();
    return ended_;
  }

  int64_t Now() const { return clock_->NowMs() - begun_ms_; }

  // What was committed when, as "time: rows so far", while `for_ms` pass in steps of one millisecond or `step_ms`.
  std::vector<std::string> Commits(int64_t for_ms, int64_t step_ms = 1) {
    std::vector<std::string> seen;
    uint64_t commits = 0;
    for (const int64_t end_ms = Now() + for_ms; Now() < end_ms; clock_->Advance(step_ms)) {
      if (!clock_->AwaitRest(kThreads)) {
        ADD_FAILURE() << "no rest at " << Now() << " ms";
        break;
      }
      const engine::PipeStatus& status = runner_->status();
      if (std::exchange(commits, status.commits) != status.commits)
        seen.push_back(std::to_string(Now()) + ": " + std::to_string(status.rows_committed));
    }
    return seen;
  }

  const std::unique_ptr<ManualClock> clock_ = ManualClock::Make();
  const int64_t begun_ms_ = clock_->NowMs();
  Faults none_{0};
  const std::unique_ptr<operators::Transform> transform_ = MakeScriptedTransform();
  std::unique_ptr<ScriptedSink> sink_;
  std::unique_ptr<Source> source_;
  std::unique_ptr<engine::PipeRunner> runner_;
  std::thread run_;
  Status ended_;
};

using Strings = std::vector<std::string>;

TEST_F(Timing, UnderLoadACommitEveryHundredMilliseconds) {
  Start({.transactions = 10,
         .rows_per_transaction = 1,
         .transactions_per_batch = 1,
         .endless = true,
         .batch_every_ms = 30,
         .busy = true},
        {});
  EXPECT_EQ(Commits(400), (Strings{"0: 1", "100: 4", "200: 7", "300: 10"}));
}

TEST_F(Timing, AnIsolatedRowIsCommittedAtOnce) {
  Start({.transactions = 3,
         .rows_per_transaction = 1,
         .transactions_per_batch = 1,
         .endless = true,
         .batch_every_ms = 70},
        {});
  EXPECT_EQ(Commits(300), (Strings{"0: 1", "70: 2", "140: 3"}));
}

TEST_F(Timing, APositionWithoutRowsIsSavedOncePerHeartbeat) {
  Start({.transactions = 25,
         .rows_per_transaction = 0,
         .transactions_per_batch = 1,
         .endless = true,
         .batch_every_ms = 1000},
        {});
  EXPECT_EQ(Commits(60'000, 10), (Strings{"0: 0", "10000: 0", "20000: 0", "30000: 0"}));
}

TEST_F(Timing, ALostSinkIsTriedEverMoreSeldomUntilItIsGivenUp) {
  Faults always(1, UINT64_MAX);
  engine::RunnerSettings settings;
  settings.sink_retry = {.first_ms = 100, .max_ms = 30'000, .give_up_ms = 12 * 3600 * 1000};
  Start({}, settings, &always);
  for (int64_t back_off_ms = 100; runner_->status().state != engine::PipeState::kFailed;) {
    if (!clock_->Rests(1)) {
      std::this_thread::yield();
      continue;
    }
    ASSERT_LT(Now(), settings.sink_retry.give_up_ms) << "tries once more";
    const int64_t wait_ms = clock_->NextDeadlineMs() - clock_->NowMs();
    ASSERT_GE(wait_ms, back_off_ms / 2);
    ASSERT_LE(wait_ms, back_off_ms);
    back_off_ms = std::min<int64_t>(2 * back_off_ms, 30'000);
    clock_->Advance(wait_ms);
  }
  const Status ended = Join();
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.error().code(), ErrorCode::kSinkLost);
  EXPECT_NE(ended.error().message().find("gave up after"), std::string::npos) << ended.error().message();
  EXPECT_GE(Now(), settings.sink_retry.give_up_ms);
  EXPECT_LT(Now(), settings.sink_retry.give_up_ms + 30'000);
}

TEST_F(Timing, ASinkThatComesBackIsFoundAtTheNextTry) {
  Faults four(1, 4);
  const ScriptedSourceOptions script{.transactions = 5, .rows_per_transaction = 2};
  Start(script, {}, &four);
  for (int tries = 0; tries < 4; ++tries) {
    ASSERT_TRUE(clock_->AwaitRest(1));
    EXPECT_EQ(runner_->status().state, engine::PipeState::kRetrying);
    clock_->Advance(clock_->NextDeadlineMs() - clock_->NowMs() - 1);
    ASSERT_TRUE(clock_->AwaitRest(1)) << "a millisecond too early";
    clock_->Advance(1);
  }
  EXPECT_TRUE(Join().ok());
  EXPECT_EQ(runner_->status().restarts, 4u);
  EXPECT_EQ(sink_->committed().size(), 10u);
}

TEST_F(Timing, StopEndsABackOff) {
  Faults always(1, UINT64_MAX);
  Start({}, {}, &always);
  ASSERT_TRUE(clock_->AwaitRest(1));
  runner_->Stop();
  EXPECT_TRUE(Join().ok());
  EXPECT_EQ(Now(), 0);
}

}  // namespace
}  // namespace cdc::testing
