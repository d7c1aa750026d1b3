// Topics that are missing, wrong, too small or changed: each is refused with what to do.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "tests/e2e/sinks/kafka_lab.h"

namespace cdc::lab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kBool = catalog::SettingKind::kBool;
constexpr auto kSize = catalog::SettingKind::kSize;

class KafkaTopicsTest : public ::testing::Test {
 protected:
  KafkaTopicsTest() : topic_(Fresh("orders")), context_(Context(Fresh("pipe"), Fresh("state"))) {}

  std::unique_ptr<Sink> Opened() {
    std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(context_);
    const Result<std::vector<StateRecord>> state = sink->Open();
    EXPECT_TRUE(state.ok()) << state.error().message();
    return sink;
  }

  const std::string topic_;
  SinkContext context_;
};

TEST_F(KafkaTopicsTest, AMissingTopicIsRefusedWithTheSetting) {
  context_.settings.Set("topics.auto_create", Number(kBool, 0));
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic(topic_);
  ASSERT_FALSE(info.ok());
  EXPECT_EQ(info.error().code(), ErrorCode::kSinkRejected);
  EXPECT_EQ(info.error().message(), "topic `" + topic_ +
                                        "` does not exist; create it, or let sink `bus` do so: "
                                        "`topics { auto_create = true; }`");
  // Neither did asking create it.
  EXPECT_FALSE(sink->Topic(topic_).ok());
}

TEST_F(KafkaTopicsTest, AMissingTopicIsCreatedAsTheSettingsSay) {
  context_.settings.Set("topics.partitions", Number(catalog::SettingKind::kInt, 6));
  context_.settings.Set("topics.cleanup", Word("both"));
  context_.settings.Set("topics.config.max.message.bytes", Word("2000000"));
  context_.settings.Set("topics.retention", Number(catalog::SettingKind::kDuration, 3'600'000));
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic(topic_);
  ASSERT_TRUE(info.ok()) << info.error().message();
  EXPECT_EQ(info->partitions, 6);
  const std::map<std::string, std::string> config = TopicConfig(topic_);
  EXPECT_EQ(config.at("cleanup.policy"), "compact,delete");
  EXPECT_EQ(config.at("retention.ms"), "3600000");
  EXPECT_EQ(config.at("max.message.bytes"), "2000000");
}

TEST_F(KafkaTopicsTest, TheSameNameGivesTheSameIndex) {
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> one = sink->Topic(topic_);
  const Result<TopicInfo> two = sink->Topic(topic_ + "-two");
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_EQ(one->index, 0U);
  EXPECT_EQ(two->index, 1U);
  EXPECT_EQ(sink->Topic(topic_)->index, 0U);
}

TEST_F(KafkaTopicsTest, AnInvalidTopicNameIsRefused) {
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic("no spaces, please");
  ASSERT_FALSE(info.ok());
  EXPECT_EQ(info.error().code(), ErrorCode::kSinkRejected) << info.error().message();
}

TEST_F(KafkaTopicsTest, ARecordAboveTheLimitIsARowError) {
  context_.settings.Set("record_max", Number(kSize, 1'000));
  const std::unique_ptr<Sink> sink = Opened();
  ASSERT_TRUE(sink->Topic(topic_).ok());
  const Status written = sink->Write(Batch(0, {{"1", "fits"}, {"2", std::string(1'000, 'x')}}));
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code(), ErrorCode::kRow);
  EXPECT_EQ(written.error().message(),
            "a record of 1001 bytes for topic `" + topic_ + "` is above the limit of 1000 bytes (`record_max`)");
}

TEST_F(KafkaTopicsTest, ATopicThatTakesLessThanRecordMaxIsRefused) {
  CreateTopic(topic_, 1, {{"max.message.bytes", "5000"}});
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic(topic_);
  ASSERT_FALSE(info.ok());
  EXPECT_EQ(info.error().code(), ErrorCode::kSinkRejected);
  EXPECT_THAT(info.error().message(), HasSubstr("takes at most 5000 bytes"));
  EXPECT_THAT(info.error().message(), HasSubstr("`record_max`"));
}

TEST_F(KafkaTopicsTest, ALargeRecordWithinTheLimitsPasses) {
  context_.settings.Set("record_max", Number(kSize, 20'000'000));
  context_.settings.Set("compression", Word("none"));
  CreateTopic(topic_, 1, {{"max.message.bytes", "20000000"}});
  const std::unique_ptr<Sink> sink = Opened();
  ASSERT_TRUE(sink->Topic(topic_).ok());
  const std::string large(19'000'000, 'x');
  const Status written = sink->Write(Batch(0, {{"1", large}, {"2", "small"}}));
  ASSERT_TRUE(written.ok()) << written.error().message();
  const Status committed = sink->Commit({});
  ASSERT_TRUE(committed.ok()) << committed.error().message();
  const std::vector<Record> records = ReadTopic(topic_);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].value, large);
}

TEST_F(KafkaTopicsTest, ATopicThatShrankWhileRunningStopsThePipe) {
  context_.settings.Set("compression", Word("none"));
  CreateTopic(topic_, 1);
  const std::unique_ptr<Sink> sink = Opened();
  ASSERT_TRUE(sink->Topic(topic_).ok());
  AlterTopic(topic_, "max.message.bytes", "2000");
  const Status written = sink->Write(Batch(0, {{"1", std::string(50'000, 'x')}}));
  ASSERT_TRUE(written.ok()) << written.error().message();
  const Status committed = sink->Commit({{"position", "", "{}"}});
  ASSERT_FALSE(committed.ok());
  EXPECT_EQ(committed.error().code(), ErrorCode::kSinkRejected) << committed.error().message();
  EXPECT_THAT(committed.error().message(), HasSubstr(topic_));
  EXPECT_THAT(Values(ReadTopic(topic_)), IsEmpty());
}

TEST_F(KafkaTopicsTest, AStateTopicThatForgetsIsRefused) {
  const std::string state_topic = Fresh("state");
  CreateTopic(state_topic, 1, {{"cleanup.policy", "delete"}});
  context_.settings.Set("state_topic", Word(state_topic));
  const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(context_);
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().code(), ErrorCode::kSinkRejected);
  EXPECT_THAT(state.error().message(), HasSubstr("cleanup.policy=delete"));
}

TEST_F(KafkaTopicsTest, AnotherPartitionCountStopsUnlessAccepted) {
  CreateTopic(topic_, 2);
  {
    const std::unique_ptr<Sink> sink = Opened();
    ASSERT_TRUE(sink->Topic(topic_).ok());
    ASSERT_TRUE(sink->Commit({{"position", "", "{}"}}).ok());
  }
  AddPartitions(topic_, 3);
  {
    const std::unique_ptr<Sink> sink = Opened();
    const Result<TopicInfo> info = sink->Topic(topic_);
    ASSERT_FALSE(info.ok());
    EXPECT_EQ(info.error().code(), ErrorCode::kSinkRejected);
    EXPECT_THAT(info.error().message(), HasSubstr("has 3 partitions and had 2"));
  }
  context_.settings.Set("topics.on_partition_change", Word("follow"));
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic(topic_);
  ASSERT_TRUE(info.ok()) << info.error().message();
  EXPECT_EQ(info->partitions, 3);
}

TEST_F(KafkaTopicsTest, ATopicInUseIsRefusedAtTheFirstStartWhenAskedFor) {
  {
    const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(Context(Fresh("other"), Fresh("state")));
    ASSERT_TRUE(sink->Open().ok());
    ASSERT_TRUE(sink->Topic(topic_).ok());
    ASSERT_TRUE(sink->Write(Batch(0, {{"1", "theirs"}})).ok());
    ASSERT_TRUE(sink->Commit({}).ok());
  }
  context_.settings.Set("topics.existing", Word("error"));
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic(topic_);
  ASSERT_FALSE(info.ok());
  EXPECT_THAT(info.error().message(), HasSubstr("is not empty at the first start"));
}

TEST_F(KafkaTopicsTest, WhatACrashBeforeTheFirstCommitLeftIsNothing) {
  context_.settings.Set("topics.existing", Word("error"));
  {
    const std::unique_ptr<Sink> sink = Opened();
    const Result<TopicInfo> info = sink->Topic(topic_);
    ASSERT_TRUE(info.ok()) << info.error().message();
    ASSERT_TRUE(sink->Write(Batch(info->index, {{"1", "never committed"}})).ok());
    // It has reached the broker when a consumer sees it.
    while (ReadTopic(topic_, false).empty()) std::this_thread::yield();
  }
  const std::unique_ptr<Sink> sink = Opened();
  const Result<TopicInfo> info = sink->Topic(topic_);
  ASSERT_TRUE(info.ok()) << info.error().message();
  ASSERT_TRUE(sink->Write(Batch(info->index, {{"1", "ours"}})).ok());
  ASSERT_TRUE(sink->Commit({{"position", "", "1"}}).ok());
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("ours"));
}

// Without transactions a consumer sees records before anything is committed.
TEST_F(KafkaTopicsTest, WhatACrashBeforeTheFirstCommitLeftIsThePipesOwn) {
  context_.settings.Set("topics.existing", Word("error"));
  context_.settings.Set("delivery", Word("at_least_once"));
  for (const char* value : {"one", "two"}) {
    const std::unique_ptr<Sink> sink = Opened();
    const Result<TopicInfo> info = sink->Topic(topic_);
    ASSERT_TRUE(info.ok()) << info.error().message();
    ASSERT_TRUE(sink->Write(Batch(info->index, {{"1", value}})).ok());
    while (Values(ReadTopic(topic_)).empty() || Values(ReadTopic(topic_)).back() != value) std::this_thread::yield();
  }
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("one", "two"));
}

TEST_F(KafkaTopicsTest, NobodyAtTheAddressIsALossWithTheAddress) {
  catalog::SettingValue brokers;
  brokers.kind = catalog::SettingKind::kList;
  brokers.list = {Word("127.0.0.1:9")};
  context_.settings.Set("brokers", brokers);
  const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(context_);
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().code(), ErrorCode::kSinkLost);
  EXPECT_THAT(state.error().message(), HasSubstr("no answer from Kafka at `127.0.0.1:9`"));
  EXPECT_THAT(state.error().message(), HasSubstr("Connection refused"));
}

TEST_F(KafkaTopicsTest, ATransactionTimeOutAboveTheBrokersIsRefusedWithTheSetting) {
  context_.settings.Set("delivery.transaction_timeout", Number(catalog::SettingKind::kDuration, 3'600'000));
  const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(context_);
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().code(), ErrorCode::kSinkRejected) << state.error().message();
  EXPECT_THAT(state.error().message(), HasSubstr("`delivery.transaction_timeout`"));
}

TEST_F(KafkaTopicsTest, SettingsThatAreNotBuiltAreRefusedByName) {
  const std::pair<const char*, const char*> cases[] = {
      {"auth", "gssapi"}, {"oversize", "split"}, {"lanes", "auto"}, {"version", "3.0"}};
  for (const auto& [setting, value] : cases) {
    SinkContext context = context_;
    context.settings.Set(setting, Word(value));
    const Result<std::vector<StateRecord>> state = sinks::MakeKafkaSink(context)->Open();
    ASSERT_FALSE(state.ok()) << setting;
    EXPECT_EQ(state.error().code(), ErrorCode::kConfig);
    EXPECT_THAT(state.error().message(), HasSubstr(setting));
  }
  context_.settings.Set("client.acks", Word("1"));
  const Result<std::vector<StateRecord>> owned = sinks::MakeKafkaSink(context_)->Open();
  ASSERT_FALSE(owned.ok());
  EXPECT_THAT(owned.error().message(), HasSubstr("`client` may not set `acks`"));
}

}  // namespace
}  // namespace cdc::lab
