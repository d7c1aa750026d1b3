#include <gtest/gtest.h>

#include "runtime/sinks/kafka/state_key.h"

namespace cdc::sinks::kafka {
namespace {

SinkContext Context(const std::string& pipe) {
  SinkContext context;
  context.program = "shop";
  context.pipe = pipe;
  context.source = "db";
  return context;
}

TEST(KafkaStateKeyTest, IsReadableJsonWithAFixedForm) {
  EXPECT_EQ(StateKeys(Context("orders")).Write("schema", "shop.\"t\"/1"),
            R"({"program":"shop","pipe":"orders","source":"db","lane":0,"kind":"schema","item":"shop.\"t\"/1"})");
}

TEST(KafkaStateKeyTest, ReadsItsOwnKeysOnly) {
  const StateKeys keys(Context("orders"));
  const std::optional<StateKey> key = keys.Read(keys.Write("position", ""));
  ASSERT_TRUE(key.has_value());
  EXPECT_EQ(key->lane, 0);
  EXPECT_EQ(key->kind, "position");
  EXPECT_EQ(key->item, "");
  EXPECT_FALSE(keys.Read(StateKeys(Context("orders2")).Write("position", "")).has_value());
  EXPECT_FALSE(keys.Read("not json").has_value());
  const std::string other_lane = R"({"program":"shop","pipe":"orders","source":"db","lane":3,"kind":"k","item":"i"})";
  ASSERT_TRUE(keys.Read(other_lane).has_value());
  EXPECT_EQ(keys.Read(other_lane)->lane, 3);
}

TEST(KafkaStateKeyTest, NamesThePipeOfAnyKey) {
  EXPECT_EQ(PipeOfKey(StateKeys(Context("orders")).Write("position", "")), "pipe `orders` of program `shop`");
  EXPECT_EQ(PipeOfKey("something else"), "");
}

TEST(KafkaStateKeyTest, AllRecordsOfAPipeGoToOnePartition) {
  const int32_t partition = StateKeys(Context("orders")).PartitionOf(8);
  EXPECT_GE(partition, 0);
  EXPECT_LT(partition, 8);
  EXPECT_EQ(StateKeys(Context("orders")).PartitionOf(8), partition);
}

TEST(KafkaStateKeyTest, OwnersAreDistinctAndReadable) {
  const Owner one = MakeOwner();
  const Owner two = MakeOwner();
  EXPECT_NE(one.id, two.id);
  const std::optional<Owner> read = ReadOwner(ToJson(one));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->id, one.id);
  EXPECT_EQ(read->host, one.host);
  EXPECT_EQ(read->since, one.since);
  EXPECT_EQ(read->process, one.process);
  EXPECT_FALSE(ReadOwner("[]").has_value());
}

}  // namespace
}  // namespace cdc::sinks::kafka
