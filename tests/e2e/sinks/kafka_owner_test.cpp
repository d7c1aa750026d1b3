// One process runs a pipe. A second one takes it over, and the first one says by whom; a stall that looks the
// same to the broker does not stop it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "tests/e2e/sinks/kafka_lab.h"

namespace cdc::lab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class KafkaOwnerTest : public ::testing::Test {
 protected:
  KafkaOwnerTest() : state_topic_(Fresh("state")), topic_(Fresh("orders")), pipe_(Fresh("pipe")) {}

  std::unique_ptr<Sink> Opened(int64_t transaction_timeout_ms = 30'000) {
    SinkContext context = Context(pipe_, state_topic_);
    context.settings.Set("delivery.transaction_timeout",
                         Number(catalog::SettingKind::kDuration, transaction_timeout_ms));
    std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(std::move(context));
    const Result<std::vector<StateRecord>> state = sink->Open();
    EXPECT_TRUE(state.ok()) << state.error().message();
    const Result<TopicInfo> info = sink->Topic(topic_);
    EXPECT_TRUE(info.ok()) << info.error().message();
    return sink;
  }

  const std::string state_topic_;
  const std::string topic_;
  const std::string pipe_;
};

// Writes and commits; the first error of the two.
Status WriteAndCommit(Sink* sink, const std::string& value) {
  RETURN_IF_ERROR(sink->Write(Batch(0, {{"1", value}})));
  return sink->Commit({{"position", "", "{\"at\":\"" + value + "\"}"}});
}

TEST_F(KafkaOwnerTest, ASecondInstanceTakesOverAndTheFirstSaysByWhom) {
  const std::unique_ptr<Sink> first = Opened();
  ASSERT_TRUE(WriteAndCommit(first.get(), "one").ok());
  ASSERT_TRUE(first->Write(Batch(0, {{"1", "in flight"}})).ok());
  const std::unique_ptr<Sink> second = Opened();
  ASSERT_TRUE(WriteAndCommit(second.get(), "two").ok());
  const Status fenced = first->Commit({{"position", "", "{\"at\":\"in flight\"}"}});
  ASSERT_FALSE(fenced.ok());
  EXPECT_EQ(fenced.error().code(), ErrorCode::kTakenOver) << fenced.error().message();
  EXPECT_THAT(fenced.error().message(), HasSubstr("taken over by process " + std::to_string(::getpid()) + " on "));
  ASSERT_TRUE(WriteAndCommit(second.get(), "three").ok());
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("one", "two", "three"));
}

TEST_F(KafkaOwnerTest, AnInstanceThatWasAwayDoesNotFenceItsSuccessor) {
  const std::unique_ptr<Sink> first = Opened();
  const std::unique_ptr<Sink> second = Opened();
  const Result<std::vector<StateRecord>> again = first->Open();
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code(), ErrorCode::kTakenOver) << again.error().message();
  const Status committed = WriteAndCommit(second.get(), "still mine");
  EXPECT_TRUE(committed.ok()) << committed.error().message();
}

TEST_F(KafkaOwnerTest, AStallPastTheTimeOutIsALossNotATakeOver) {
  constexpr int64_t kTimeoutMs = 2'000;
  const std::unique_ptr<Sink> sink = Opened(kTimeoutMs);
  ASSERT_TRUE(WriteAndCommit(sink.get(), "one").ok());
  ASSERT_TRUE(sink->Write(Batch(0, {{"1", "stalled"}})).ok());
  // The coordinator ends the transaction when its time-out has passed; the abort shows as the end of what is
  // undecided: a read_committed reader gets through only then.
  while (Values(ReadTopic(topic_, false)).size() < 2) {
  }
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("one"));
  const Status late = sink->Commit({{"position", "", "{\"at\":\"stalled\"}"}});
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code(), ErrorCode::kSinkLost) << late.error().message();
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_TRUE(state.ok()) << state.error().message();
  EXPECT_EQ(ValueOf(*state, "position"), "{\"at\":\"one\"}");
  ASSERT_TRUE(WriteAndCommit(sink.get(), "again").ok());
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("one", "again"));
}

TEST_F(KafkaOwnerTest, OtherPipesOfTheTopicAreLeftAlone) {
  const std::unique_ptr<Sink> mine = Opened();
  ASSERT_TRUE(WriteAndCommit(mine.get(), "mine").ok());
  const std::unique_ptr<Sink> other = sinks::MakeKafkaSink(Context(Fresh("other"), state_topic_));
  const Result<std::vector<StateRecord>> state = other->Open();
  ASSERT_TRUE(state.ok()) << state.error().message();
  EXPECT_TRUE(state->empty());
  EXPECT_TRUE(WriteAndCommit(mine.get(), "still").ok());
}

}  // namespace
}  // namespace cdc::lab
