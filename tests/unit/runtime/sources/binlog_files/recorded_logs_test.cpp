// Logs that real servers wrote (data/README.md).

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/unit/runtime/sources/binlog_files/log_printer.h"

namespace cdc::testing {
namespace {

void ExpectGolden(const std::string& log, const std::string& golden, bool with_groups) {
  PrintOptions options;
  options.with_groups = with_groups;
  const std::string text = PrintLog(RecordedLogs() + log, options).text;
  const std::string path = RecordedLogs() + golden;
  if (std::getenv("GOLDEN_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(text, ReadWholeFile(path));
}

TEST(RecordedLogs, TypesAreTheSameFromBothServers) {
  ExpectGolden("types.mysql.000001", "types.txt", false);
  ExpectGolden("types.mariadb.000001", "types.txt", false);
}

TEST(RecordedLogs, MySqlTransactions) { ExpectGolden("transactions.mysql.000001", "transactions.mysql.txt", true); }
TEST(RecordedLogs, MariaDbTransactions) {
  ExpectGolden("transactions.mariadb.000001", "transactions.mariadb.txt", true);
}
TEST(RecordedLogs, MySqlOnly) { ExpectGolden("only.mysql.000001", "only.mysql.txt", true); }
TEST(RecordedLogs, MariaDbOnly) { ExpectGolden("only.mariadb.000001", "only.mariadb.txt", true); }

TEST(RecordedLogs, ColumnsThatAreNotUsedAreReadPast) {
  TestCapture capture;
  capture.uses = [](const std::string& column) {
    return column == "id" || column == "p" || column == "dt6" || column == "l";
  };
  PrintOptions options;
  options.capture = &capture;
  for (const char* log : {"types.mysql.000001", "types.mariadb.000001"}) {
    const std::string text = PrintLog(RecordedLogs() + log, options).text;
    EXPECT_NE(text.find("insert t.texts id=1 a=- b=- c=- d=- e=- f=- g=- h=- i=- j=- k=- l='长文' m=- n=- o=- p='é'"),
              std::string::npos);
    EXPECT_NE(text.find(" dt6=9999-12-31 23:59:59.999999 ts=-"), std::string::npos);
    EXPECT_EQ(text.find("error"), std::string::npos);
  }
}

TEST(RecordedLogs, OneTableAlone) {
  TestCapture capture;
  capture.wants = [](const std::string&, const std::string& table) { return table == "decimals"; };
  PrintOptions options;
  options.capture = &capture;
  const std::string text = PrintLog(RecordedLogs() + "types.mysql.000001", options).text;
  EXPECT_EQ(text.find("t.ints"), std::string::npos);
  EXPECT_NE(text.find("insert t.decimals id=3"), std::string::npos);
  EXPECT_EQ(capture.binds, 1);
}

}  // namespace
}  // namespace cdc::testing
