#include <gtest/gtest.h>

#include "runtime/sources/mysql/binlog/gtid_set.h"
#include "runtime/sources/mysql/binlog/mariadb_gtid.h"

namespace cdc::binlog {
namespace {

const std::string kA = "8c8a09a9-e51d-11f1-9903-02fc00000001";
const std::string kB = "ffffffff-e51d-11f1-9903-02fc00000001";

GtidSet Set(const std::string& text) {
  auto set = GtidSet::Parse(text);
  EXPECT_TRUE(set.ok()) << text;
  return set.ok() ? *set : GtidSet();
}

TEST(GtidSet, CanonicalText) {
  EXPECT_EQ(Set("").ToText(), "");
  EXPECT_EQ(Set(kA + ":1-3:4:9-9").ToText(), kA + ":1-4:9");
  EXPECT_EQ(Set(" " + kB + ":5 ,\n " + kA + ":2-3:1\n").ToText(), kA + ":1-3," + kB + ":5");
  EXPECT_EQ(Set("8C8A09A9-E51D-11F1-9903-02FC00000001:1").ToText(), kA + ":1");
  EXPECT_EQ(Set(kA + ":1-235:9999").ToText(), kA + ":1-235:9999");
}

TEST(GtidSet, TagsHoldForTheRangesBehindThem) {
  const GtidSet set = Set(kA + ":1-3:Foo:1-2:bar:5");
  EXPECT_EQ(set.ToText(), kA + ":1-3:bar:5:foo:1-2");
  EXPECT_TRUE(set.tagged());
}

TEST(GtidSet, TextThatIsNoneIsAnError) {
  for (const std::string& text : {std::string("x"), kA, kA + ":", kA + ":0", kA + ":3-2", kA + ":1-",
                                  kA.substr(1) + ":1", kA + ":9223372036854775807", kA + ":1:2x"}) {
    EXPECT_FALSE(GtidSet::Parse(text).ok()) << text;
  }
}

TEST(GtidSet, AddsOutOfOrder) {
  GtidSet set;
  const Uuid uuid{1};
  for (const uint64_t number : {5, 1, 3, 4, 2, 9}) set.Add(MySqlGtid{uuid, "", number});
  EXPECT_EQ(set.ToText(), "01000000-0000-0000-0000-000000000000:1-5:9");
  EXPECT_TRUE(set.Contains(MySqlGtid{uuid, "", 5}));
  EXPECT_FALSE(set.Contains(MySqlGtid{uuid, "", 6}));
  EXPECT_FALSE(set.Contains(MySqlGtid{uuid, "t", 5}));
}

TEST(GtidSet, AddRemoveContains) {
  GtidSet set = Set(kA + ":1-10");
  set.Add(Set(kA + ":8-20," + kB + ":3"));
  EXPECT_EQ(set.ToText(), kA + ":1-20," + kB + ":3");
  EXPECT_TRUE(set.Contains(Set(kA + ":5-6:19")));
  EXPECT_FALSE(set.Contains(Set(kA + ":20-21")));
  set.Remove(Set(kA + ":1-2:5-7:20-30," + kB + ":1-9"));
  EXPECT_EQ(set.ToText(), kA + ":3-4:8-19");
  EXPECT_TRUE(set.Contains(GtidSet()));
}

TEST(GtidSet, WireForms) {
  EXPECT_EQ(GtidSet().Encode(), std::string(8, '\0'));
  for (const std::string& text : {std::string(), kA + ":1-3:9", kA + ":1-3:foo:1-2," + kB + ":7"}) {
    const auto back = GtidSet::Decode(Set(text).Encode());
    ASSERT_TRUE(back.ok()) << text;
    EXPECT_EQ(back->ToText(), text);
  }
  const std::string tagged = Set(kA + ":1-3:foo:1").Encode();
  EXPECT_EQ(tagged.substr(0, 8), std::string("\x01\x02\0\0\0\0\0\x01", 8));
  EXPECT_EQ(tagged.substr(8 + 16, 1), std::string(1, '\0'));
  EXPECT_EQ(tagged.substr(8 + 16 + 1 + 8 + 16 + 16, 4),
            "\x06"
            "foo");
}

TEST(GtidSet, BrokenWireFormIsAnError) {
  const std::string good = Set(kA + ":1-3:foo:1").Encode();
  for (size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(GtidSet::Decode(good.substr(0, size)).ok()) << size;
  EXPECT_FALSE(GtidSet::Decode(good + "x").ok());
}

TEST(MariaDbGtidState, Text) {
  auto state = MariaDbGtidState::Parse("1-11-7, 0-10-42");
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->ToText(), "0-10-42,1-11-7");
  state->Set({0, 12, 43});
  EXPECT_EQ(state->ToText(), "0-12-43,1-11-7");
  EXPECT_TRUE(state->Reached({1, 99, 7}));
  EXPECT_FALSE(state->Reached({1, 11, 8}));
  EXPECT_FALSE(state->Reached({2, 11, 1}));
  EXPECT_TRUE(MariaDbGtidState::Parse("").ok());
  for (const char* text : {"1", "1-2", "1-2-3-4", "a-b-c", "0-1-2,", "0-1-2,0-1-3"}) {
    EXPECT_FALSE(MariaDbGtidState::Parse(text).ok()) << text;
  }
}

}  // namespace
}  // namespace cdc::binlog
