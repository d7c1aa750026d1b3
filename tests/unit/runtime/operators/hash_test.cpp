#include "runtime/operators/hash.h"

#include <gtest/gtest.h>

#include "runtime/operators/partition.h"

namespace cdc::operators {
namespace {

// Kafka's own UtilsTest.testMurmur2.
TEST(Hash, Murmur2AgreesWithKafkasVectors) {
  EXPECT_EQ(static_cast<int32_t>(Murmur2("21")), -973932308);
  EXPECT_EQ(static_cast<int32_t>(Murmur2("foobar")), -790332482);
  EXPECT_EQ(static_cast<int32_t>(Murmur2("a-little-bit-long-string")), -985981536);
  EXPECT_EQ(static_cast<int32_t>(Murmur2("a-little-bit-longer-string")), -1486304829);
  EXPECT_EQ(static_cast<int32_t>(Murmur2("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8")), -58897971);
  EXPECT_EQ(static_cast<int32_t>(Murmur2("abc")), 479470107);
}

// The CRC catalogue's check value, and librdkafka's unit test of its consistent partitioner (keys over 5 partitions use
// the same polynomial).
TEST(Hash, Crc32AgreesWithPublishedValues) {
  EXPECT_EQ(Crc32("123456789"), 0xcbf43926u);
  EXPECT_EQ(Crc32(""), 0u);
  EXPECT_EQ(Crc32("The quick brown fox jumps over the lazy dog"), 0x414fa339u);
}

// Canal's sample: shop 3529462, 1001 1507424.
TEST(Hash, JavaHashCountsUtf16Units) {
  EXPECT_EQ(JavaHash("shop"), 3529462);
  EXPECT_EQ(JavaHash("1001"), 1507424);
  EXPECT_EQ(JavaHash(""), 0);
  EXPECT_EQ(JavaHash("é"), 233);
  EXPECT_EQ(JavaHash("\xf0\x9f\x98\x80"), 0xd83d * 31 + 0xde00);
  EXPECT_EQ(JavaHash("polygenelubricants"), INT32_MIN);
}

class PartitionerTest : public ::testing::Test {
 protected:
  int32_t Of(const plan::PartitionRule& rule, const std::vector<Value>& values, int32_t partitions,
             std::string_view key = "") {
    Schema schema;
    schema.database = "db";
    schema.table = "t";
    Column id;
    id.name = "id";
    id.type.kind = TypeKind::kInt;
    Column name;
    name.name = "name";
    name.type.kind = TypeKind::kVarchar;
    schema.columns = {id, name};
    schema.indexes.push_back({"PRIMARY", {"id"}, true, false});
    const plan::Plan plan;
    bind::Problems problems(&plan);
    const Partitioner made = Partitioner::Make(rule, "shop", "orders", schema, schema.columns, {0}, &problems);
    EXPECT_TRUE(problems.empty());
    Arena scratch;
    const Result<int32_t> partition = made.Of(key, values.data(), values.data(), partitions, &scratch);
    return partition.ok() ? partition.value() : -1;
  }
};

using Kind = plan::PartitionRule::Kind;
using HashKind = plan::PartitionRule::Hash;

int32_t Positive(std::string_view bytes, int32_t partitions) {
  return static_cast<int32_t>((Murmur2(bytes) & 0x7fffffff) % static_cast<uint32_t>(partitions));
}

TEST_F(PartitionerTest, EachKind) {
  const std::vector<Value> row{Value::Int(1001), Value::Text("x")};
  plan::PartitionRule rule;
  EXPECT_EQ(Of(rule, row, 7, R"({"id":1001})"), Positive(R"({"id":1001})", 7));
  rule.kind = Kind::kTable;
  EXPECT_EQ(Of(rule, row, 7), Positive("shop.orders", 7));
  rule.kind = Kind::kDatabase;
  EXPECT_EQ(Of(rule, row, 7), Positive("shop", 7));
  rule.kind = Kind::kPrimaryKey;
  EXPECT_EQ(Of(rule, row, 7), Positive("1001", 7));
  rule.kind = Kind::kHash;
  rule.columns = {"id", "name"};
  EXPECT_EQ(Of(rule, row, 7), Positive(std::string_view("1001\0x", 6), 7));
  EXPECT_EQ(Of(rule, {Value::Null(), Value::Text("")}, 7), Positive(std::string_view("\0", 1), 7));
  rule.hash = HashKind::kCrc32;
  EXPECT_EQ(Of(rule, row, 7), static_cast<int32_t>(Crc32(std::string_view("1001\0x", 6)) % 7));
  rule.kind = Kind::kFixed;
  rule.fixed = 3;
  EXPECT_EQ(Of(rule, row, 7), 3);
  EXPECT_EQ(Of(rule, row, 3), -1);
}

// The worked example of Canal's sample: 3 partitions, database hash on.
TEST_F(PartitionerTest, JavaIsCanals) {
  plan::PartitionRule rule;
  rule.kind = Kind::kHash;
  rule.columns = {"id"};
  rule.hash = HashKind::kJava;
  EXPECT_EQ(Of(rule, {Value::Int(1001), Value::Null()}, 3), 2284182 % 3);
  rule.kind = Kind::kTable;
  EXPECT_EQ(Of(rule, {Value::Int(1), Value::Null()}, 5), std::abs(JavaHash("orders")) % 5);
}

}  // namespace
}  // namespace cdc::operators
