// Fails the n-th call of source and sink for n = 1, 2, … until none is left to fail. After each run the committed
// records are the whole script, in order, each once (ENGINE G1–G3). The clock stands still: nothing may need it to
// move.

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/engine/pipe_runner.h"
#include "runtime/operators/rule_text.h"
#include "runtime/testing/manual_clock.h"
#include "runtime/testing/scripted_sink.h"
#include "runtime/testing/scripted_source.h"
#include "runtime/testing/scripted_transform.h"

namespace cdc::testing {
namespace {

std::vector<std::string> WholeScript(const ScriptedSourceOptions& options, uint64_t transactions) {
  std::vector<std::string> records;
  for (uint64_t t = 0; t < transactions; ++t) {
    for (uint64_t r = 0; r < options.rows_per_transaction; ++r)
      records.push_back(std::to_string(t) + "." + std::to_string(r));
  }
  return records;
}

engine::RunnerSettings Eager() {
  engine::RunnerSettings settings;
  settings.source_retry.first_ms = settings.sink_retry.first_ms = 0;
  settings.commit.every_ms = 0;
  settings.commit.every_max_ms = 0;
  return settings;
}

class FaultTest : public ::testing::TestWithParam<CommitFault> {};

TEST_P(FaultTest, EachCallFailsOnceAndNothingIsLostOrRepeated) {
  const ScriptedSourceOptions script;
  const auto clock = ManualClock::Make();
  uint64_t runs_with_fault = 0;
  for (uint64_t n = 1;; ++n) {
    Faults faults(n);
    auto sink = ScriptedSink::Make(&faults, GetParam());
    auto source = MakeScriptedSource(script, &faults);
    auto transform = MakeScriptedTransform();
    auto runner = engine::PipeRunner::Make(Eager(), source.get(), sink.get(), transform.get(), clock.get(), {});
    Status ended = runner->Run();
    ASSERT_TRUE(ended.ok()) << "fault " << n << ": " << ended.error().message();
    ASSERT_EQ(sink->committed(), WholeScript(script, script.transactions)) << "fault " << n;
    if (!faults.struck()) break;
    ++runs_with_fault;
  }
  EXPECT_GE(runs_with_fault, 10u);
}

INSTANTIATE_TEST_SUITE_P(Commits, FaultTest, ::testing::Values(CommitFault::kNotCommitted, CommitFault::kInDoubt));

TEST(Engine, RowErrorCommitsWhatWasBeforeAndStops) {
  const ScriptedSourceOptions script{.transactions = 10, .transactions_per_batch = 1};
  const auto clock = ManualClock::Make();
  Faults none(0);
  auto sink = ScriptedSink::Make(&none, CommitFault::kNotCommitted);
  auto source = MakeScriptedSource(script, &none);
  auto transform = MakeScriptedTransform(4);
  auto runner = engine::PipeRunner::Make(Eager(), source.get(), sink.get(), transform.get(), clock.get(), {});
  Status ended = runner->Run();
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.error().code(), ErrorCode::kRow);
  EXPECT_EQ(sink->committed(), WholeScript(script, 4));
}

TEST(Engine, APausedPipeWaitsToBeStopped) {
  const ScriptedSourceOptions script{.transactions = 10, .transactions_per_batch = 1};
  for (const bool until_caught_up : {false, true}) {
    const auto clock = ManualClock::Make();
    Faults none(0);
    auto sink = ScriptedSink::Make(&none, CommitFault::kNotCommitted);
    auto source = MakeScriptedSource(script, &none);
    auto transform = MakeScriptedTransform(4, ErrorCode::kRulePause);
    engine::RunnerSettings settings = Eager();
    settings.until_caught_up = until_caught_up;
    auto runner = engine::PipeRunner::Make(settings, source.get(), sink.get(), transform.get(), clock.get(), {});
    Status ended = OkStatus();
    std::thread run([&] { ended = runner->Run(); });
    if (!until_caught_up) {
      while (runner->status().state != engine::PipeState::kPaused) std::this_thread::yield();
      runner->Stop();
    }
    run.join();
    EXPECT_EQ(ended.ok(), !until_caught_up);
    if (!ended.ok()) {
      EXPECT_EQ(ended.error().code(), ErrorCode::kRulePause);
    }
    EXPECT_EQ(sink->committed(), WholeScript(script, 4));
  }
}

// A log that is damaged wherever it is opened.
class DamagedSource : public Source {
 public:
  Status Open(const std::vector<StateRecord>&) override {
    ++opened;
    return OkStatus();
  }
  Result<ReadResult> Read(ChangeBatch*, int) override { return Error(ErrorCode::kCorruptInput, "checksum"); }
  void Interrupt() override {}
  SourceProgress Progress() const override { return {.phase = "streaming"}; }
  std::atomic<int> opened{0};
};

// `on error (decode)` as `code` says.
class DecodeRule : public operators::Transform {
 public:
  explicit DecodeRule(ErrorCode code) : code_(code) {}
  bool Wants(const std::string&, const std::string&) override { return true; }
  bool WantsSnapshot(const std::string&, const std::string&) override { return true; }
  Status Bind(TableVersion*) override { return OkStatus(); }
  void Begin(const Position&) override {}
  Result<bool> ApplyPart(const ChangeBatch&, size_t, MessageBatch*) override { return true; }
  Error JudgeDecodeError(Error error) const override { return Error(code_, error.message()); }
  operators::TransformCounters counters() const override { return {}; }

 private:
  const ErrorCode code_;
};

TEST(Engine, DamageIsReadTwiceAndThenItsRules) {
  for (const ErrorCode code : {ErrorCode::kCorruptInput, ErrorCode::kRulePause, operators::kTryAgain}) {
    const auto clock = engine::MakeSystemClock();
    Faults none(0);
    auto sink = ScriptedSink::Make(&none, CommitFault::kNotCommitted);
    DamagedSource source;
    DecodeRule transform(code);
    engine::RunnerSettings settings;
    settings.source_retry = {.first_ms = 1, .max_ms = 1, .give_up_ms = 0};
    auto runner = engine::PipeRunner::Make(settings, &source, sink.get(), &transform, clock.get(), {});
    Status ended = OkStatus();
    std::thread run([&] { ended = runner->Run(); });
    if (code == operators::kTryAgain) {
      while (source.opened < 10) std::this_thread::yield();
      runner->Stop();
    }
    if (code == ErrorCode::kRulePause) {
      while (runner->status().state != engine::PipeState::kPaused) std::this_thread::yield();
      runner->Stop();
    }
    run.join();
    // A pipe that is stopped while it tries again ends as the last try did, or between two of them.
    if (code == operators::kTryAgain) continue;
    EXPECT_EQ(source.opened, 2);
    EXPECT_EQ(ended.ok(), code == ErrorCode::kRulePause) << static_cast<int>(code);
  }
}

TEST(Engine, StopCommitsWhatWasRead) {
  const ScriptedSourceOptions script{.endless = true};
  const auto clock = ManualClock::Make();
  Faults none(0);
  auto sink = ScriptedSink::Make(&none, CommitFault::kNotCommitted);
  auto source = MakeScriptedSource(script, &none);
  auto transform = MakeScriptedTransform();
  auto runner = engine::PipeRunner::Make(Eager(), source.get(), sink.get(), transform.get(), clock.get(), {});
  std::thread run([&] { EXPECT_TRUE(runner->Run().ok()); });
  const uint64_t rows = script.transactions * script.rows_per_transaction;
  while (runner->status().rows_committed < rows) std::this_thread::yield();
  runner->Stop();
  run.join();
  EXPECT_EQ(sink->committed(), WholeScript(script, script.transactions));
}

TEST(Engine, UntilCaughtUpEndsByItself) {
  const ScriptedSourceOptions script{.endless = true};
  const auto clock = ManualClock::Make();
  Faults none(0);
  auto sink = ScriptedSink::Make(&none, CommitFault::kNotCommitted);
  auto source = MakeScriptedSource(script, &none);
  auto transform = MakeScriptedTransform();
  engine::RunnerSettings settings = Eager();
  settings.until_caught_up = true;
  auto runner = engine::PipeRunner::Make(settings, source.get(), sink.get(), transform.get(), clock.get(), {});
  ASSERT_TRUE(runner->Run().ok());
  EXPECT_EQ(sink->committed(), WholeScript(script, script.transactions));
}

// LANGUAGE §15.2; 70, a bug of ours, is no Error: crash_report_test.
TEST(ExitCodes, NeverChange) {
  const std::pair<ErrorCode, int> table[] = {
      {ErrorCode::kConfig, 1},       {ErrorCode::kUsage, 2},        {ErrorCode::kSourceLost, 3},
      {ErrorCode::kSinkLost, 3},     {ErrorCode::kSinkRejected, 3}, {ErrorCode::kCredentials, 3},
      {ErrorCode::kPositionLost, 3}, {ErrorCode::kTakenOver, 3},    {ErrorCode::kCorruptInput, 3},
      {ErrorCode::kResource, 3},     {ErrorCode::kRow, 3},          {ErrorCode::kRuleStop, 6},
      {ErrorCode::kRulePause, 6},
  };
  for (const auto& [code, exit_code] : table) {
    EXPECT_EQ(engine::ExitCode(code), exit_code) << static_cast<int>(code);
  }
}

TEST(Retry, DecidesByCode) {
  engine::RetryPolicy policy({.first_ms = 10, .max_ms = 10, .give_up_ms = 50},
                             {.first_ms = 100, .max_ms = 1000, .give_up_ms = 5000});
  const Error lost(ErrorCode::kSinkLost, "x");
  for (const int64_t back_off_ms : {100, 200, 400, 800, 1000}) {
    const int64_t wait_ms = policy.OnFailure(lost, 0).wait_ms;
    EXPECT_GE(wait_ms, back_off_ms / 2);
    EXPECT_LE(wait_ms, back_off_ms);
  }
  EXPECT_FALSE(policy.OnFailure(lost, 5000).retry);
  policy.OnProgress();
  EXPECT_TRUE(policy.OnFailure(lost, 6000).retry);
  policy.OnProgress();
  const Error source_lost(ErrorCode::kSourceLost, "x");
  EXPECT_LE(policy.OnFailure(source_lost, 6000).wait_ms, 10);
  EXPECT_FALSE(policy.OnFailure(source_lost, 6050).retry);
  EXPECT_FALSE(policy.OnFailure(Error(ErrorCode::kTakenOver, "x"), 0).retry);
  const Error wrong_password(ErrorCode::kCredentials, "x");
  policy.OnProgress();
  EXPECT_TRUE(policy.OnFailure(wrong_password, 0).retry);
  EXPECT_TRUE(policy.OnFailure(wrong_password, 0).retry);
  EXPECT_FALSE(policy.OnFailure(wrong_password, 0).retry);
}

}  // namespace
}  // namespace cdc::testing
