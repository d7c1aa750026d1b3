#include "runtime/record/position.h"

#include <gtest/gtest.h>

namespace cdc {
namespace {

Position Sample() {
  Position at;
  at.flavour = Flavour::kMariaDb;
  at.server = "10";
  at.file = "binlog.\"7";
  at.offset = 5'000'000'000;
  at.gtid_set = "0-10-42,1-11-7";
  at.row_event = 3;
  at.row = 9;
  at.commit_time_us = 1'795'205'352'123'456;
  return at;
}

TEST(Position, SurvivesJson) {
  const Position at = Sample();
  const auto back = PositionFromJson(ToJson(at));
  ASSERT_TRUE(back.ok()) << back.error().message();
  EXPECT_EQ(back->flavour, at.flavour);
  EXPECT_EQ(back->server, at.server);
  EXPECT_EQ(back->file, at.file);
  EXPECT_EQ(back->offset, at.offset);
  EXPECT_EQ(back->gtid_set, at.gtid_set);
  EXPECT_EQ(back->row_event, at.row_event);
  EXPECT_EQ(back->row, at.row);
  EXPECT_EQ(back->commit_time_us, at.commit_time_us);
}

TEST(Position, Text) {
  EXPECT_EQ(ToText(Sample()), "binlog.\"7:5000000000 (row event 3, row 9), GTID 0-10-42,1-11-7");
  Position plain;
  plain.file = "binlog.000007";
  plain.offset = 4711;
  EXPECT_EQ(ToText(plain), "binlog.000007:4711");
  Position by_gtid;
  by_gtid.gtid_set = "0-10-42";
  EXPECT_EQ(ToText(by_gtid), "GTID 0-10-42");
}

TEST(Position, BrokenJsonIsAnError) {
  for (const char* text : {"", "7", "{}", "{\"flavour\":\"mysql\"}",
                           "{\"flavour\":\"oracle\",\"server\":\"\",\"file\":\"\","
                           "\"offset\":4,\"gtid_set\":\"\",\"row_event\":0,\"row\":0,\"commit_time_us\":0}"}) {
    const auto read = PositionFromJson(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().code(), ErrorCode::kCorruptInput);
  }
}

}  // namespace
}  // namespace cdc
