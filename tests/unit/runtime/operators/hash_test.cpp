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

// The CRC catalogue's check value, and well-known others.
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

struct Vector {
  const char* key;
  uint32_t number;  // modulo the number of partitions it is the partition
};
constexpr const char* kLongKey = "this is another string with more length to it perhaps";

// librdkafka's tests/0048-partitioner.c: `consistent`.
TEST_F(PartitionerTest, Crc32IsLibrdkafkasConsistentPartitioner) {
  plan::PartitionRule rule;
  rule.kind = Kind::kHash;
  rule.columns = {"name"};
  rule.hash = HashKind::kCrc32;
  for (const Vector& v :
       {Vector{"", 0}, Vector{"23456", 0xb1b451d7}, Vector{kLongKey, 0xb0150df7}, Vector{"hejsan", 0xd077037e}}) {
    for (const uint32_t partitions : {7u, 17u}) {
      EXPECT_EQ(Of(rule, {Value::Int(1), Value::Text(v.key)}, static_cast<int32_t>(partitions)),
                static_cast<int32_t>(v.number % partitions))
          << v.key;
    }
  }
}

// The same file's `murmur2`, whose numbers a Java program gave: toPositive(murmur2(key)).
TEST_F(PartitionerTest, Murmur2IsTheJavaProducersPartitioner) {
  const plan::PartitionRule rule;  // by key
  for (const Vector& v : {Vector{"", 0x106e08d9}, Vector{"23456", 0x058d780f}, Vector{kLongKey, 0x4f7703da},
                          Vector{"hejsan", 0x5ec19395}}) {
    for (const uint32_t partitions : {7u, 17u}) {
      EXPECT_EQ(Of(rule, {Value::Int(1), Value::Null()}, static_cast<int32_t>(partitions), v.key),
                static_cast<int32_t>(v.number % partitions))
          << v.key;
    }
  }
  // kafka-python's test_partitioner.py: what Java's producer chose of 1,000 partitions.
  for (const Vector& v :
       {Vector{"", 681}, Vector{"a", 524}, Vector{"ab", 434}, Vector{"abc", 107}, Vector{"123456789", 566}}) {
    EXPECT_EQ(Of(rule, {Value::Int(1), Value::Null()}, 1000, v.key), static_cast<int32_t>(v.number)) << v.key;
  }
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
