// The real parts while the sink refuses topics for a time: after every rewind the pipe goes on where it stood, and one
// that gets nowhere gives up (ENGINE G1–G3).

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/engine/pipe_runner.h"
#include "runtime/testing/manual_clock.h"
#include "tests/engine/file_pipe.h"

namespace cdc::testing {
namespace {

engine::RunnerSettings Quick() {
  engine::RunnerSettings settings;
  settings.source_retry.first_ms = settings.sink_retry.first_ms = 0;
  settings.commit.every_ms = settings.commit.every_max_ms = 0;
  return settings;
}

class Rewinds : public ::testing::Test {
 protected:
  static std::unique_ptr<engine::PipeRunner> RunnerOf(const ShopPipe::Parts& parts, const engine::RunnerSettings& how,
                                                      const engine::Clock* clock) {
    return engine::PipeRunner::Make(how, parts.source.get(), parts.sink.get(), parts.transform.get(), clock, {});
  }

  // What a run writes while the first `refusals` look-ups of every topic find the sink lost.
  std::map<std::string, std::string> Run(size_t batch_bytes, int refusals, uint64_t* restarts) {
    std::map<std::string, int> asked;
    const auto refuse = [&](const std::string& topic) -> Status {
      if (++asked[topic] > refusals) return OkStatus();
      return Error(ErrorCode::kSinkLost, "no broker knows of " + topic);
    };
    const ShopPipe::Parts parts = shop_.Make(shop_.plan(), batch_bytes, refuse);
    engine::RunnerSettings settings = Quick();
    if (part_bytes_ != 0) settings.part_bytes = part_bytes_;
    const auto runner = RunnerOf(parts, settings, clock_.get());
    const Status ended = runner->Run();
    EXPECT_TRUE(ended.ok()) << (ended.ok() ? "" : ended.error().message());
    *restarts = runner->status().restarts;
    return ShopPipe::Written(parts);
  }

  ShopPipe shop_;
  size_t part_bytes_ = 0;                                           // 0: as the engine has it
  const std::unique_ptr<ManualClock> clock_ = ManualClock::Make();  // stands still
};

TEST_F(Rewinds, EveryRewindGoesOnWhereThePipeStood) {
  uint64_t restarts = 0;
  const auto undisturbed = Run(1u << 20, 0, &restarts);
  ASSERT_EQ(undisturbed.size(), 11u);
  for (const size_t batch_bytes : {size_t{1}, size_t{2'000}, size_t{20'000}, size_t{1} << 20}) {
    for (const int refusals : {1, 3}) {
      EXPECT_EQ(Run(batch_bytes, refusals, &restarts), undisturbed)
          << batch_bytes << " bytes a batch, " << refusals << " refusals";
      EXPECT_EQ(restarts, 11u * static_cast<uint64_t>(refusals));
    }
  }
}

TEST_F(Rewinds, PartsOfABatchAreCommittedTogether) {
  uint64_t restarts = 0;
  const auto undisturbed = Run(1u << 20, 0, &restarts);
  for (part_bytes_ = 1; part_bytes_ < 100'000; part_bytes_ *= 30) {
    EXPECT_EQ(Run(1u << 20, 2, &restarts), undisturbed) << part_bytes_ << " bytes a part";
    EXPECT_EQ(restarts, 22u);
  }
}

TEST_F(Rewinds, APipeThatGetsNowhereGivesUp) {
  int refusals = 0;
  engine::PipeRunner* running = nullptr;
  std::string first;
  // Every topic but the first is refused for ever.
  const auto refuse = [&](const std::string& topic) -> Status {
    if (first.empty()) first = topic;
    if (topic == first) return OkStatus();
    if (++refusals == 1'000) running->Stop();
    clock_->Advance(10);
    return Error(ErrorCode::kSinkLost, "no broker knows of " + topic);
  };
  const ShopPipe::Parts parts = shop_.Make(shop_.plan(), 2'000, refuse);
  engine::RunnerSettings settings = Quick();
  settings.sink_retry.give_up_ms = 100;
  const auto runner = RunnerOf(parts, settings, clock_.get());
  running = runner.get();
  const Status ended = runner->Run();
  ASSERT_FALSE(ended.ok());
  EXPECT_EQ(ended.error().code(), ErrorCode::kSinkLost);
  EXPECT_NE(ended.error().message().find("gave up after"), std::string::npos) << ended.error().message();
  EXPECT_EQ(refusals, 11);
}

// A source whose first batch carries something to save, as the first load's does.
class WithState : public Source {
 public:
  explicit WithState(std::unique_ptr<Source> of) : of_(std::move(of)) {}
  Status Open(const std::vector<StateRecord>& state) override {
    saved_ = std::any_of(state.begin(), state.end(), [](const StateRecord& r) { return r.kind == "snapshot"; });
    return of_->Open(state);
  }
  Result<ReadResult> Read(ChangeBatch* out, int timeout_ms) override {
    if (!std::exchange(saved_, true)) out->state.push_back({"snapshot", "shop.orders", "{}"});
    return of_->Read(out, timeout_ms);
  }
  void Interrupt() override { of_->Interrupt(); }
  SourceProgress Progress() const override { return of_->Progress(); }

 private:
  const std::unique_ptr<Source> of_;
  bool saved_ = false;
};

TEST_F(Rewinds, AFailedBatchSavesNoPositionWithoutItsState) {
  uint64_t restarts = 0;
  const auto undisturbed = Run(1u << 20, 0, &restarts);
  std::set<std::string> asked;
  bool refuses = true;
  const auto refuse = [&](const std::string& topic) -> Status {
    asked.insert(topic);
    if (!refuses || asked.size() < 3) return OkStatus();
    return Error(ErrorCode::kConfig, "a row of the first batch fails");
  };
  ShopPipe::Parts parts = shop_.Make(shop_.plan(), 1u << 20, refuse);
  parts.source = std::make_unique<WithState>(std::move(parts.source));
  ASSERT_FALSE(RunnerOf(parts, Quick(), clock_.get())->Run().ok());
  const auto kinds = [&] {
    std::set<std::string> found;
    const auto state = parts.sink->Open();
    EXPECT_TRUE(state.ok());
    for (const StateRecord& record : *state) found.insert(record.kind);
    return found;
  };
  EXPECT_EQ(kinds().count("position"), kinds().count("snapshot"));
  refuses = false;
  ASSERT_TRUE(RunnerOf(parts, Quick(), clock_.get())->Run().ok());
  EXPECT_EQ(kinds().count("snapshot"), 1u);
  parts.sink->Close();
  EXPECT_EQ(ShopPipe::Written(parts), undisturbed);
}

}  // namespace
}  // namespace cdc::testing
