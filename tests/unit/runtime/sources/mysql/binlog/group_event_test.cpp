#include "runtime/sources/mysql/binlog/group_event.h"

#include <gtest/gtest.h>

namespace cdc::binlog {
namespace {

std::string FromHex(std::string_view hex) {
  std::string bytes;
  int high = -1;
  for (const char c : hex) {
    if (c == ' ') continue;
    const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high << 4 | digit);
      high = -1;
    }
  }
  return bytes;
}

// As MySQL 9.7 wrote it: uuid 8c8a09a9-e51d-11f1-9903-02fc00000001, number 1, tag foo.
const std::string kTagged = FromHex(
    "02 70 00 00 00 02 3102 29 02 12 a502 9503 3a 22 c503 6502 06 04 f103 00 00 00 02 04 04 06 06 666f6f "
    "08 04 0a 08 0c 7fec3955d1ba6006 10 5505 12 83120b");

TEST(GroupEvent, Tagged) {
  const auto start = ParseMySqlGroupStart(EventType::kGtidTagged, kTagged);
  ASSERT_TRUE(start.ok()) << start.error().message();
  EXPECT_EQ(ToText(start->gtid), "8c8a09a9-e51d-11f1-9903-02fc00000001:foo:1");
  EXPECT_GT(start->commit_time_us, 1'790'000'000'000'000);
  EXPECT_LT(start->commit_time_us, 1'800'000'000'000'000);
}

TEST(GroupEvent, MySql56EndsEarly) {
  const std::string body = '\0' + FromHex("8c8a09a9e51d11f1990302fc00000001 1700000000000000");
  const auto start = ParseMySqlGroupStart(EventType::kGtid, body);
  ASSERT_TRUE(start.ok());
  EXPECT_EQ(ToText(start->gtid), "8c8a09a9-e51d-11f1-9903-02fc00000001:23");
  EXPECT_EQ(start->commit_time_us, 0);
}

TEST(GroupEvent, OriginalCommitTimeIsNotTaken) {
  std::string body =
      '\0' + FromHex("8c8a09a9e51d11f1990302fc00000001 1700000000000000 02 0000000000000000 0100000000000000");
  body += FromHex("01000000000080 05000000000000");
  const auto start = ParseMySqlGroupStart(EventType::kGtid, body);
  ASSERT_TRUE(start.ok());
  EXPECT_EQ(start->commit_time_us, 1);
}

TEST(GroupEvent, CutOffIsAnError) {
  const std::string whole = kTagged.substr(0, 30);
  EXPECT_FALSE(ParseMySqlGroupStart(EventType::kGtidTagged, whole).ok());
  EXPECT_FALSE(ParseMySqlGroupStart(EventType::kGtid, whole.substr(0, 20)).ok());
  EXPECT_FALSE(ParseMariaDbGroupStart({}, whole.substr(0, 12)).ok());
}

TEST(GroupEvent, MariaDb) {
  EventHeader header;
  header.server_id = 10;
  auto start = ParseMariaDbGroupStart(header, FromHex("2a00000000000000 01000000 29 000000000000"));
  ASSERT_TRUE(start.ok());
  EXPECT_EQ(ToText(start->gtid), "1-10-42");
  EXPECT_TRUE(start->standalone);
  // Group commit id, then extra flags with a thread id; zeros behind.
  start = ParseMariaDbGroupStart(header, FromHex("2a00000000000000 00000000 0e 1111111111111111 10 07000000 0000"));
  ASSERT_TRUE(start.ok());
  EXPECT_FALSE(start->standalone);
  EXPECT_EQ(start->thread_id, 7u);
  start = ParseMariaDbGroupStart(header, FromHex("2a00000000000000 00000000 29 02"));
  ASSERT_TRUE(start.ok());
  EXPECT_TRUE(start->alter_began);
}

}  // namespace
}  // namespace cdc::binlog
