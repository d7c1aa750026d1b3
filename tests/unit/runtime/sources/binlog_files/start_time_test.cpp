// `start time` over recorded logs: the first transaction of that time or later, and every one behind it.

#include <gtest/gtest.h>

#include "tests/bench/generator/log_writer.h"
#include "tests/unit/runtime/sources/binlog_files/log_printer.h"

namespace cdc::testing {
namespace {

constexpr uint32_t kMidnight = 1'795'219'200;  // 2026-11-21 00:00 UTC

// A transaction with one row, whose id is the number.
struct Transaction {
  uint64_t number;
  double committed_s;            // after midnight; the log has it to the microsecond, or,
  bool in_seconds_only = false;  // as before MySQL 8.0, in whole seconds
};

std::string TimedLog(uint32_t begun_s, const std::vector<Transaction>& transactions) {
  generator::LogTable table{.database = "d", .name = "t"};
  table.columns = {{.name = "id", .type = 3, .numeric = true}};
  generator::LogWriter log({.time_s = kMidnight + begun_s});
  log.BeginFile();
  for (const Transaction& each : transactions) {
    const auto micros = static_cast<uint64_t>(each.committed_s * 1'000'000);
    log.SetTime(kMidnight + static_cast<uint32_t>(micros / 1'000'000));
    log.Gtid(each.number, each.in_seconds_only ? 0 : uint64_t{kMidnight} * 1'000'000 + micros);
    log.Query("", "BEGIN");
    log.TableMap(table);
    std::string image(1, '\0');
    generator::PutLe(each.number, 4, &image);
    log.Rows(30, table, image);
    log.Xid(each.number);
  }
  log.Rotate("next");
  return log.bytes();
}

// The ids of the rows read from `at` on, a time of that day; or the error.
std::string ReadFrom(const TemporaryFolder& folder, const std::string& at) {
  const std::string text = PrintLog(folder.path() + "binlog.0*", {.start = "time:2026-11-21T" + at}).text;
  if (text.find("error") != std::string::npos) return text;
  std::string ids;
  for (size_t at_id = text.find("id="); at_id != std::string::npos; at_id = text.find("id=", at_id + 1)) {
    ids += (ids.empty() ? "" : " ") + text.substr(at_id + 3, text.find('\n', at_id) - at_id - 3);
  }
  return ids;
}

TEST(StartTime, TheFirstTransactionOfThatTime) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", TimedLog(10, {{1, 11}, {2, 12.25}, {3, 12.5}}));
  folder.Write("binlog.000002", TimedLog(20, {{4, 21}, {5, 22}}));
  folder.Write("binlog.000003", TimedLog(30, {}));
  folder.Write("binlog.000004", TimedLog(40, {{6, 41}}));
  EXPECT_EQ(ReadFrom(folder, "00:00:11Z"), "1 2 3 4 5 6");
  EXPECT_EQ(ReadFrom(folder, "00:00:12Z"), "2 3 4 5 6");
  EXPECT_EQ(ReadFrom(folder, "00:00:12.250001Z"), "3 4 5 6");
  EXPECT_EQ(ReadFrom(folder, "02:00:12.5+02:00"), "3 4 5 6");
  EXPECT_EQ(ReadFrom(folder, "00:00:13Z"), "4 5 6");
  EXPECT_EQ(ReadFrom(folder, "00:00:20Z"), "4 5 6");
  EXPECT_EQ(ReadFrom(folder, "00:00:21.5Z"), "5 6");
  EXPECT_EQ(ReadFrom(folder, "00:00:23Z"), "6");
  EXPECT_EQ(ReadFrom(folder, "00:00:35Z"), "6");
  EXPECT_EQ(ReadFrom(folder, "00:00:42Z"), "");
  EXPECT_EQ(ReadFrom(folder, "23:00:00Z"), "");
}

TEST(StartTime, WholeSecondsTakeTheirWholeSecond) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", TimedLog(10, {{1, 11.9, true}, {2, 12.1, true}, {3, 13, true}}));
  EXPECT_EQ(ReadFrom(folder, "00:00:12.9Z"), "2 3");
  EXPECT_EQ(ReadFrom(folder, "00:00:13Z"), "3");
}

TEST(StartTime, OlderOnesBehindItComeToo) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", TimedLog(10, {{1, 11}, {2, 15}, {3, 12}, {4, 16}}));
  EXPECT_EQ(ReadFrom(folder, "00:00:13Z"), "2 3 4");
}

// A statement that ran for long began the third and fourth file: their heads are older than what the files before hold.
TEST(StartTime, HeadsOlderThanTheFilesBefore) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", TimedLog(10, {{1, 11}, {2, 19}}));
  folder.Write("binlog.000002", TimedLog(20, {{3, 21}, {4, 29}}));
  folder.Write("binlog.000003", TimedLog(12, {{5, 31}, {6, 39}}));
  folder.Write("binlog.000004", TimedLog(13, {{7, 14}, {8, 41}}));
  EXPECT_EQ(ReadFrom(folder, "00:00:15Z"), "2 3 4 5 6 7 8");
  EXPECT_EQ(ReadFrom(folder, "00:00:25Z"), "4 5 6 7 8");
  EXPECT_EQ(ReadFrom(folder, "00:00:35Z"), "6 7 8");
  EXPECT_EQ(ReadFrom(folder, "00:00:40Z"), "8");
}

TEST(StartTime, ALogThatBeginsLaterIsRefused) {
  const TemporaryFolder folder;
  folder.Write("binlog.000007", TimedLog(10, {{1, 11}}));
  const std::string text = ReadFrom(folder, "00:00:05Z");
  EXPECT_NE(text.find("do not reach back to `time:2026-11-21T00:00:05Z`"), std::string::npos) << text;
  EXPECT_NE(text.find("binlog.000007"), std::string::npos) << text;
  // What was committed in the file's first second may be in the file before.
  EXPECT_NE(ReadFrom(folder, "00:00:10Z").find("do not reach back"), std::string::npos);
}

TEST(StartTime, DamageIsToldWithItsPlace) {
  const TemporaryFolder folder;
  std::string bytes = TimedLog(10, {{1, 11}, {2, 12}});
  bytes[bytes.size() - 80] ^= 1;
  folder.Write("binlog.000001", bytes);
  const std::string text = ReadFrom(folder, "00:00:59Z");
  EXPECT_NE(text.find("binlog.000001:"), std::string::npos) << text;
  EXPECT_NE(text.find("checksum"), std::string::npos) << text;
  EXPECT_NE(ReadFrom(folder, "midnight").find("is no moment"), std::string::npos);
}

}  // namespace
}  // namespace cdc::testing
