// Rows and state are one transaction; what was committed is found again, what was not is not seen.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <future>
#include <string>

#include "tests/e2e/sinks/kafka_lab.h"

namespace cdc::lab {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class KafkaSinkTest : public ::testing::Test {
 protected:
  KafkaSinkTest() : state_topic_(Fresh("state")), topic_(Fresh("orders")), pipe_(Fresh("pipe")) {}

  std::unique_ptr<Sink> Make() { return sinks::MakeKafkaSink(Context(pipe_, state_topic_)); }

  // Opens, finds the topic, and returns the loaded state.
  std::vector<StateRecord> Open(Sink* sink, uint32_t* topic) {
    Result<std::vector<StateRecord>> state = sink->Open();
    EXPECT_TRUE(state.ok()) << state.error().message();
    const Result<TopicInfo> info = sink->Topic(topic_);
    EXPECT_TRUE(info.ok()) << info.error().message();
    *topic = info->index;
    return *state;
  }

  std::vector<StateRecord> Reopen() {
    const std::unique_ptr<Sink> sink = Make();
    Result<std::vector<StateRecord>> state = sink->Open();
    EXPECT_TRUE(state.ok()) << state.error().message();
    return *state;
  }

  const std::string state_topic_;
  const std::string topic_;
  const std::string pipe_;
};

void ExpectOk(const Status& status) { EXPECT_TRUE(status.ok()) << status.error().message(); }

TEST_F(KafkaSinkTest, RowsAndStateAreCommittedTogetherAndFoundAgain) {
  const std::unique_ptr<Sink> sink = Make();
  uint32_t topic = 0;
  EXPECT_THAT(Open(sink.get(), &topic), IsEmpty());
  ExpectOk(sink->Write(Batch(topic, {{"1", "one"}, {"2", "two"}})));
  EXPECT_EQ(sink->uncommitted_bytes(), 8U);
  ExpectOk(sink->Commit({{"position", "", "{\"offset\":10}"}, {"schema", "shop.orders/1", "{\"columns\":[]}"}}));
  EXPECT_EQ(sink->uncommitted_bytes(), 0U);
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("one", "two"));
  sink->Close();

  const std::vector<StateRecord> state = Reopen();
  ASSERT_EQ(state.size(), 2U);
  EXPECT_EQ(ValueOf(state, "position"), "{\"offset\":10}");
  EXPECT_EQ(state[1].item, "shop.orders/1");
}

TEST_F(KafkaSinkTest, WhatIsNotCommittedIsNeitherSeenNorSaved) {
  {
    const std::unique_ptr<Sink> sink = Make();
    uint32_t topic = 0;
    Open(sink.get(), &topic);
    ExpectOk(sink->Write(Batch(topic, {{"1", "kept"}})));
    ExpectOk(sink->Commit({{"position", "", "{\"offset\":1}"}}));
    ExpectOk(sink->Write(Batch(topic, {{"1", "lost"}})));
    sink->Close();
  }
  EXPECT_EQ(ValueOf(Reopen(), "position"), "{\"offset\":1}");
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("kept"));
}

TEST_F(KafkaSinkTest, OpenAfterAnUncommittedWriteForgetsIt) {
  const std::unique_ptr<Sink> sink = Make();
  uint32_t topic = 0;
  Open(sink.get(), &topic);
  ExpectOk(sink->Write(Batch(topic, {{"1", "first try"}})));
  uint32_t again = 7;
  Open(sink.get(), &again);
  EXPECT_EQ(again, topic);
  ExpectOk(sink->Write(Batch(topic, {{"1", "second try"}})));
  ExpectOk(sink->Commit({{"position", "", "{\"offset\":2}"}}));
  EXPECT_THAT(Values(ReadTopic(topic_)), ElementsAre("second try"));
}

TEST_F(KafkaSinkTest, AnEmptyValueDeletesASavedRecord) {
  const std::unique_ptr<Sink> sink = Make();
  uint32_t topic = 0;
  Open(sink.get(), &topic);
  ExpectOk(sink->Commit({{"snapshot", "a", "{}"}, {"snapshot", "b", "{}"}}));
  ExpectOk(sink->Commit({{"snapshot", "a", ""}}));
  const std::vector<StateRecord> state = Reopen();
  ASSERT_EQ(state.size(), 1U);
  EXPECT_EQ(state[0].item, "b");
}

TEST_F(KafkaSinkTest, ResetForgetsThePosition) {
  {
    const std::unique_ptr<Sink> sink = Make();
    uint32_t topic = 0;
    Open(sink.get(), &topic);
    ExpectOk(sink->Commit({{"position", "", "{\"offset\":5}"}}));
  }
  {
    SinkContext context = Context(pipe_, state_topic_);
    context.reset_position = true;
    const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(std::move(context));
    const Result<std::vector<StateRecord>> state = sink->Open();
    ASSERT_TRUE(state.ok()) << state.error().message();
    EXPECT_THAT(*state, IsEmpty());
  }
  EXPECT_THAT(Reopen(), IsEmpty());
}

TEST_F(KafkaSinkTest, KeysValuesAndHeadersArriveAsTheyAre) {
  const std::unique_ptr<Sink> sink = Make();
  uint32_t topic = 0;
  Open(sink.get(), &topic);
  std::unique_ptr<MessageBatch> batch = Batch(topic, {{"k1", "v1"}, {"", ""}, {"k3", "v3"}, {"k4", "v4"}});
  batch->messages[2].key_size = -1;
  batch->messages[2].value_size = -1;
  Message& last = batch->messages[3];
  last.headers_offset = static_cast<int64_t>(batch->bytes.size());
  const auto append = [&](int32_t number) {
    batch->bytes.Append(std::string_view(reinterpret_cast<const char*>(&number), sizeof(number)));
  };
  append(2);
  batch->bytes.Append("op");
  append(1);
  batch->bytes.Append("u");
  append(4);
  batch->bytes.Append("none");
  append(-1);
  last.headers_size = static_cast<int32_t>(batch->bytes.size() - static_cast<size_t>(last.headers_offset));
  ExpectOk(sink->Write(std::move(batch)));
  ExpectOk(sink->Commit({}));
  const std::vector<Record> records = ReadTopic(topic_);
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[0], (Record{0, "k1", "v1", false, false, {}}));
  EXPECT_EQ(records[1], (Record{0, "", "", false, false, {}}));
  EXPECT_EQ(records[2], (Record{0, "", "", true, true, {}}));
  EXPECT_EQ(records[3], (Record{0, "k4", "v4", false, false, {{"op", "u"}, {"none", "<null>"}}}));
}

TEST_F(KafkaSinkTest, OrderPerPartitionHoldsAndEveryBatchComesBack) {
  constexpr int kPartitions = 3;
  constexpr int kBatches = 40;
  constexpr int kRows = 5'000;
  CreateTopic(topic_, kPartitions);
  const std::unique_ptr<Sink> sink = Make();
  uint32_t topic = 0;
  Open(sink.get(), &topic);
  const std::string filler(200, 'x');
  int next = 0;
  int recycled = 0;
  for (int i = 0; i < kBatches; ++i) {
    std::vector<Row> rows;
    for (int row = 0; row < kRows; ++row, ++next) {
      rows.push_back({"", std::to_string(next) + " " + filler, (next * 7 + next / 11) % kPartitions});
    }
    ExpectOk(sink->Write(Batch(topic, rows)));
    while (sink->Recycle() != nullptr) ++recycled;
  }
  ExpectOk(sink->Commit({{"position", "", "{}"}}));
  sink->Close();
  while (sink->Recycle() != nullptr) ++recycled;
  EXPECT_EQ(recycled, kBatches);
  std::map<int32_t, int> last;
  const std::vector<Record> records = ReadTopic(topic_);
  ASSERT_EQ(records.size(), static_cast<size_t>(kBatches * kRows));
  for (const Record& record : records) {
    const int number = std::atoi(record.value.c_str());
    const auto [seen, first] = last.emplace(record.partition, number);
    if (first) continue;
    ASSERT_LT(seen->second, number) << "partition " << record.partition;
    seen->second = number;
  }
}

TEST_F(KafkaSinkTest, AtLeastOnceSavesAfterTheRows) {
  SinkContext context = Context(pipe_, state_topic_);
  context.settings.Set("delivery", Word("at_least_once"));
  {
    const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(context);
    uint32_t topic = 0;
    Open(sink.get(), &topic);
    EXPECT_FALSE(sink->commits_are_costly());
    ExpectOk(sink->Write(Batch(topic, {{"1", "one"}})));
    ExpectOk(sink->Commit({{"position", "", "{\"offset\":3}"}, {"schema", "t/1", "{}"}}));
    ExpectOk(sink->Write(Batch(topic, {{"1", "two"}})));
  }
  EXPECT_THAT(ReadTopic(topic_, false), ::testing::Contains(::testing::Field(&Record::value, "one")));
  // The position lies behind everything that it needs.
  const std::vector<Record> saved = ReadTopic(state_topic_);
  ASSERT_EQ(saved.size(), 4U);
  EXPECT_THAT(saved[0].key, HasSubstr("\"owner\""));
  EXPECT_THAT(saved[3].key, HasSubstr("\"position\""));
  const std::unique_ptr<Sink> sink = sinks::MakeKafkaSink(context);
  const Result<std::vector<StateRecord>> state = sink->Open();
  ASSERT_TRUE(state.ok()) << state.error().message();
  EXPECT_EQ(ValueOf(*state, "position"), "{\"offset\":3}");
}

// The traps of the design: a position behind another pipe's open transaction must be seen.
TEST_F(KafkaSinkTest, LoadingWaitsForAnotherPipesOpenTransaction) {
  CreateTopic(state_topic_, 1, {{"cleanup.policy", "compact"}});
  {
    const std::unique_ptr<Sink> sink = Make();
    uint32_t topic = 0;
    Open(sink.get(), &topic);
    ExpectOk(sink->Commit({{"position", "", "{\"offset\":1}"}}));
  }
  const std::string key = R"({"program":"lab","pipe":"neighbour","source":"db","lane":0,"kind":"position","item":""})";
  ForeignTransaction other(state_topic_, 0, key);
  const std::unique_ptr<Sink> writer = Make();
  std::future<Result<std::vector<StateRecord>>> opened = std::async(std::launch::async, [&] { return writer->Open(); });
  EXPECT_EQ(opened.wait_for(std::chrono::milliseconds(2'500)), std::future_status::timeout);
  other.Commit();
  const Result<std::vector<StateRecord>> state = opened.get();
  ASSERT_TRUE(state.ok()) << state.error().message();
  EXPECT_EQ(ValueOf(*state, "position"), "{\"offset\":1}");
  ForeignTransaction second(state_topic_, 0, key);
  ExpectOk(writer->Commit({{"position", "", "{\"offset\":2}"}}));
  const std::unique_ptr<Sink> reader = Make();
  std::future<Result<std::vector<StateRecord>>> again = std::async(std::launch::async, [&] { return reader->Open(); });
  EXPECT_EQ(again.wait_for(std::chrono::milliseconds(2'500)), std::future_status::timeout);
  second.Abort();
  const Result<std::vector<StateRecord>> newest = again.get();
  ASSERT_TRUE(newest.ok()) << newest.error().message();
  EXPECT_EQ(ValueOf(*newest, "position"), "{\"offset\":2}");
}

TEST_F(KafkaSinkTest, InterruptEndsAWait) {
  CreateTopic(state_topic_, 1, {{"cleanup.policy", "compact"}});
  const ForeignTransaction other(state_topic_, 0, "{}");
  const std::unique_ptr<Sink> sink = Make();
  std::future<Result<std::vector<StateRecord>>> opened = std::async(std::launch::async, [&] { return sink->Open(); });
  EXPECT_EQ(opened.wait_for(std::chrono::milliseconds(1'000)), std::future_status::timeout);
  sink->Interrupt();
  const Result<std::vector<StateRecord>> state = opened.get();
  ASSERT_FALSE(state.ok());
  EXPECT_EQ(state.error().code(), ErrorCode::kSinkLost);
}

}  // namespace
}  // namespace cdc::lab
