// The broker is killed and started again at the worst moments: nothing is missing, nothing comes twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <string>

#include "tests/e2e/sinks/kafka_lab.h"

namespace cdc::lab {
namespace {

void RestartBroker() {
  const char* command = std::getenv("PIPEWRIGHT_KAFKA_RESTART");
  ASSERT_NE(command, nullptr) << "PIPEWRIGHT_KAFKA_RESTART names no command that restarts the broker";
  ASSERT_EQ(std::system(command), 0);
}

class KafkaRestartTest : public ::testing::Test {
 protected:
  KafkaRestartTest() : state_topic_(Fresh("state")), topic_(Fresh("orders")), pipe_(Fresh("pipe")) {
    SinkContext context = Context(pipe_, state_topic_);
    context.settings.Set("delivery.transaction_timeout", Number(catalog::SettingKind::kDuration, 60'000));
    sink_ = sinks::MakeKafkaSink(std::move(context));
  }

  // What an engine does: after a loss, open again, and repeat from the position that was saved.
  void DeliverUpTo(int last) {
    while (done_ < last) {
      if (lost_) {
        Result<std::vector<StateRecord>> state = sink_->Open();
        if (!state.ok()) {
          ASSERT_EQ(state.error().code(), ErrorCode::kSinkLost) << state.error().message();
          continue;
        }
        const std::string position = ValueOf(*state, "position");
        done_ = position.empty() ? 0 : std::atoi(position.c_str());
        lost_ = false;
        continue;
      }
      const Result<TopicInfo> topic = sink_->Topic(topic_);
      if (!Survived(topic.ok() ? OkStatus() : Status(topic.error()))) continue;
      const int next = done_ + 1;
      if (!Survived(sink_->Write(Batch(topic->index, {{"k", std::to_string(next)}})))) continue;
      if (!Survived(sink_->Commit({{"position", "", std::to_string(next)}}))) continue;
      done_ = next;
    }
  }

  bool Survived(const Status& status) {
    if (status.ok()) return true;
    EXPECT_EQ(status.error().code(), ErrorCode::kSinkLost) << status.error().message();
    lost_ = true;
    return false;
  }

  const std::string state_topic_;
  const std::string topic_;
  const std::string pipe_;
  std::unique_ptr<Sink> sink_;
  bool lost_ = true;
  int done_ = 0;
};

TEST_F(KafkaRestartTest, CommitsAcrossABrokerRestartAreExactlyOnce) {
  constexpr int kBefore = 50;
  constexpr int kAfter = 300;
  DeliverUpTo(kBefore);
  std::future<void> restarted = std::async(std::launch::async, RestartBroker);
  DeliverUpTo(kAfter);
  restarted.get();
  DeliverUpTo(kAfter + kBefore);
  std::vector<std::string> expected;
  for (int i = 1; i <= kAfter + kBefore; ++i) expected.push_back(std::to_string(i));
  EXPECT_EQ(Values(ReadTopic(topic_)), expected);
}

TEST_F(KafkaRestartTest, AnOpenTransactionSurvivesTheBrokersRestart) {
  DeliverUpTo(1);
  const Result<TopicInfo> topic = sink_->Topic(topic_);
  ASSERT_TRUE(topic.ok());
  ASSERT_TRUE(sink_->Write(Batch(topic->index, {{"k", "2"}})).ok());
  RestartBroker();
  if (Survived(sink_->Commit({{"position", "", "2"}}))) done_ = 2;
  DeliverUpTo(3);
  EXPECT_THAT(Values(ReadTopic(topic_)), ::testing::ElementsAre("1", "2", "3"));
}

}  // namespace
}  // namespace cdc::lab
