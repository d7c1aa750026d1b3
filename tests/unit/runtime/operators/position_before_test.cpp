#include "runtime/operators/position_before.h"

#include <gtest/gtest.h>

namespace cdc::operators {
namespace {

TEST(GtidSetWithout, TakesOneTransactionOut) {
  EXPECT_EQ(GtidSetWithout("u:1-9", "u:9"), "u:1-8");
  EXPECT_EQ(GtidSetWithout("u:1-9", "u:1"), "u:2-9");
  EXPECT_EQ(GtidSetWithout("u:1-9", "u:5"), "u:1-4:6-9");
  EXPECT_EQ(GtidSetWithout("u:5", "u:5"), "");
  EXPECT_EQ(GtidSetWithout("u:1-3:5, v:1-2", "v:2"), "u:1-3:5,v:1");
  EXPECT_EQ(GtidSetWithout("u:1-9", "w:9"), "u:1-9");
  EXPECT_EQ(GtidSetWithout("u:1-9:tag:1-3", "u:tag:3"), "u:1-9,u:tag:1-2");
  EXPECT_EQ(GtidSetWithout("u:tag:1", "u:tag:1"), "");
  EXPECT_EQ(GtidSetWithout("u:1-9", ""), "u:1-9");
}

ChangeBatch TwoGroups(Flavour flavour, const char* first, const char* second, const char* end_set) {
  ChangeBatch batch;
  batch.end.flavour = flavour;
  batch.end.file = "b.2";
  batch.end.offset = 900;
  batch.end.gtid_set = end_set;
  for (const auto& [gtid, offset] : {std::pair(first, 500), std::pair(second, 700)}) {
    Group group;
    group.gtid = gtid;
    group.file = "b.1";
    group.offset = static_cast<uint64_t>(offset);
    batch.groups.push_back(group);
  }
  return batch;
}

TEST(PositionBefore, FileAndOffsetOfTheGroup) {
  const ChangeBatch batch = TwoGroups(Flavour::kMySql, "", "", "");
  const auto position = PositionBefore(batch, 1, Position());
  ASSERT_TRUE(position.has_value());
  EXPECT_EQ(position->file, "b.1");
  EXPECT_EQ(position->offset, 700u);
}

TEST(PositionBefore, MySqlLeavesLaterTransactionsOut) {
  const ChangeBatch batch = TwoGroups(Flavour::kMySql, "u:4", "u:5", "u:1-6");
  EXPECT_EQ(PositionBefore(batch, 1, Position())->gtid_set, "u:1-4:6");
  EXPECT_EQ(PositionBefore(batch, 0, Position())->gtid_set, "u:1-3:6");
}

TEST(PositionBefore, MariaDbCountsUpFromTheBatchBefore) {
  const ChangeBatch batch = TwoGroups(Flavour::kMariaDb, "0-1-42", "0-1-43", "0-1-43,1-1-7");
  EXPECT_FALSE(PositionBefore(batch, 1, Position()).has_value());
  Position last;
  last.flavour = Flavour::kMariaDb;
  last.file = "b.1";
  last.gtid_set = "1-1-7,0-1-41";
  EXPECT_EQ(PositionBefore(batch, 1, last)->gtid_set, "1-1-7,0-1-42");
  EXPECT_EQ(PositionBefore(batch, 0, last)->gtid_set, "1-1-7,0-1-41");
}

TEST(PositionBefore, AGroupBegunEarlierEndsWhereTheLastBatchEnded) {
  const ChangeBatch batch = TwoGroups(Flavour::kMySql, "", "", "");
  Position last;
  last.file = "b.1";
  last.offset = 300;
  last.row_event = 12;
  EXPECT_EQ(PositionBefore(batch, 0, last)->row_event, 12u);
  EXPECT_FALSE(PositionBefore(batch, 2, Position()).has_value());
}

}  // namespace
}  // namespace cdc::operators
