// The binlog_files source: which files, where it begins and ends, and what it says about broken ones.

#include <gtest/gtest.h>

#include "runtime/sources/binlog_files/log_files.h"
#include "tests/bench/generator/workload.h"
#include "tests/unit/runtime/sources/binlog_files/log_printer.h"

namespace cdc::testing {
namespace {

// Log number `n` with the row `n`; a ROTATE names the next.
std::string LogFile(uint64_t n, bool full_metadata = true) {
  generator::LogTable table{.database = "d", .name = "t"};
  table.columns = {{.name = "id", .type = 3, .numeric = true}};
  generator::LogWriter log({.full_metadata = full_metadata});
  log.BeginFile();
  log.Begin(n);
  log.TableMap(table);
  std::string image(1, '\0');
  generator::PutLe(n, 4, &image);
  log.Rows(30, table, image);
  log.Xid(n);
  log.Rotate("binlog.00000" + std::to_string(n + 1));
  return log.bytes();
}

TEST(LogFiles, OrderByNumber) {
  const TemporaryFolder folder;
  for (const char* name : {"binlog.1000000", "binlog.000010", "binlog.000009", "other.000001", "binlog.index"})
    folder.Write(name, "");
  const auto files = sources::FindLogFiles(folder.path() + "*");
  ASSERT_TRUE(files.ok());
  std::string names;
  for (const auto& file : *files) names += file.name + " ";
  EXPECT_EQ(names, "binlog.000009 binlog.000010 binlog.1000000 binlog.index other.000001 ");
  EXPECT_FALSE(sources::FindLogFiles(folder.path() + "none*").ok());
}

TEST(BinlogFiles, OneAfterAnother) {
  const TemporaryFolder folder;
  for (uint64_t n : {1, 2, 3}) folder.Write("binlog.00000" + std::to_string(n), LogFile(n));
  const Printed printed = PrintLog(folder.path() + "binlog.0*");
  EXPECT_EQ(printed.text, "insert d.t id=1\ninsert d.t id=2\ninsert d.t id=3\n");
  EXPECT_EQ(printed.end.file, "binlog.000003");
  EXPECT_EQ(printed.end.offset, LogFile(3).size());
  EXPECT_EQ(printed.end.flavour, Flavour::kFiles);
}

TEST(BinlogFiles, LastBatchHasCaughtUpThenItEnds) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", LogFile(1));
  TestCapture capture;
  const auto source = OpenLogSource(folder.path() + "binlog.0*", {}, &capture);
  ASSERT_TRUE(source->Open({}).ok());
  EXPECT_EQ(source->Progress().head.file, "binlog.000001");
  ChangeBatch batch;
  auto read = source->Read(&batch, 0);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, ReadResult::kBatch);
  EXPECT_TRUE(batch.caught_up);
  batch.Reset();
  read = source->Read(&batch, 0);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, ReadResult::kEnd);
}

TEST(BinlogFiles, BeginsWhereItIsTold) {
  const TemporaryFolder folder;
  for (uint64_t n : {1, 2, 3}) folder.Write("binlog.00000" + std::to_string(n), LogFile(n));
  const std::string pattern = folder.path() + "binlog.0*";
  EXPECT_EQ(PrintLog(pattern, {.start = "file:binlog.000003:4"}).text, "insert d.t id=3\n");
  EXPECT_EQ(PrintLog(pattern, {.start = "earliest"}).text, "insert d.t id=1\ninsert d.t id=2\ninsert d.t id=3\n");
  Position saved;
  saved.flavour = Flavour::kFiles;
  saved.file = "binlog.000002";
  saved.offset = LogFile(2).size();
  EXPECT_EQ(PrintLog(pattern, {.start = "earliest", .state = {{"position", "", ToJson(saved)}}}).text,
            "insert d.t id=3\n");
  EXPECT_NE(PrintLog(pattern, {.start = "now"}).text.find("earliest"), std::string::npos);
  EXPECT_NE(PrintLog(pattern, {.start = "file:binlog.000003"}).text.find("file:NAME:POSITION"), std::string::npos);
  EXPECT_NE(PrintLog(pattern, {.start = "file:binlog.000009:4"}).text.find("binlog.000001 to binlog.000003"),
            std::string::npos);
  EXPECT_NE(PrintLog(pattern, {.start = "file:binlog.000003:9999999"}).text.find("behind its end"), std::string::npos);
}

TEST(BinlogFiles, GoesOnFromEveryPositionItGives) {
  const TemporaryFolder folder;
  ASSERT_TRUE(generator::WriteLog({.rows = 20'000, .rows_per_transaction = 7'000}, folder.path() + "binlog.000001"));
  const std::string pattern = folder.path() + "binlog.0*";
  const Printed whole = PrintLog(pattern);
  ASSERT_EQ(whole.text.find("error"), std::string::npos);
  ASSERT_GT(whole.ends.size(), 4u);
  bool inside = false;
  for (const Position& end : whole.ends) {
    const Printed rest = PrintLog(pattern, {.state = {{"position", "", ToJson(end)}}});
    EXPECT_TRUE(whole.text.ends_with(rest.text)) << ToText(end);
    EXPECT_TRUE(rest.text.empty() || rest.text.starts_with("insert")) << rest.text.substr(0, 200);
    inside = inside || end.inside_group();
  }
  EXPECT_TRUE(inside);
}

TEST(BinlogFiles, TruncatedFile) {
  const std::string good = LogFile(1);
  for (size_t size = 0; size < good.size(); size += 7) {
    const TemporaryFolder folder;
    folder.Write("binlog.000001", good.substr(0, size));
    const std::string text = PrintLog(folder.path() + "binlog.0*").text;
    const bool between_events = text.find("error") == std::string::npos;
    if (between_events) continue;
    EXPECT_NE(text.find("binlog.000001 at "), std::string::npos) << text;
    EXPECT_TRUE(text.find("the file ends inside an event") != std::string::npos ||
                text.find("does not begin with fe 62 69 6e") != std::string::npos)
        << text;
  }
}

TEST(BinlogFiles, FlippedByteIsFoundByItsChecksum) {
  const std::string good = LogFile(1);
  for (size_t at = 4; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 4);
    const TemporaryFolder folder;
    folder.Write("binlog.000001", bad);
    const std::string text = PrintLog(folder.path() + "binlog.0*").text;
    EXPECT_NE(text.find("error"), std::string::npos) << at;
    EXPECT_NE(text.find("binlog.000001 at "), std::string::npos) << text;
  }
}

TEST(BinlogFiles, OtherFilesAreRefused) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", "this is no log");
  folder.Write("locked.000001", "\xFD\x62\x69\x6E and more");
  EXPECT_NE(PrintLog(folder.path() + "binlog.0*").text.find("no binary log"), std::string::npos);
  EXPECT_NE(PrintLog(folder.path() + "locked.0*").text.find("encrypted"), std::string::npos);
  EXPECT_NE(PrintLog(folder.path() + "none.0*").text.find("no log file matches"), std::string::npos);
}

TEST(BinlogFiles, SchemaFolderGivesNames) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", LogFile(1, /*full_metadata=*/false));
  const std::string pattern = folder.path() + "binlog.0*";
  EXPECT_NE(PrintLog(pattern).text.find("binlog_row_metadata"), std::string::npos);
  folder.Write("schema/logs/d/t.sql", "CREATE TABLE `t` (`number` int NOT NULL, PRIMARY KEY (`number`))");
  EXPECT_EQ(PrintLog(pattern, {.schema_directory = folder.path() + "schema"}).text, "insert d.t number=1\n");
  folder.Write("schema/logs/d/t.sql", "CREATE TABLE `t` (`number` bigint NOT NULL)");
  EXPECT_NE(PrintLog(pattern, {.schema_directory = folder.path() + "schema"}).text.find("int in the log and bigint"),
            std::string::npos);
  folder.Write("schema/logs/d/t.sql", "CREATE TABEL");
  EXPECT_NE(PrintLog(pattern, {.schema_directory = folder.path() + "schema"}).text.find("t.sql"), std::string::npos);
}

TEST(BinlogFiles, InterruptEndsARead) {
  const TemporaryFolder folder;
  folder.Write("binlog.000001", LogFile(1));
  TestCapture capture;
  const auto source = OpenLogSource(folder.path() + "binlog.0*", {}, &capture);
  ASSERT_TRUE(source->Open({}).ok());
  source->Interrupt();
  ChangeBatch batch;
  const auto read = source->Read(&batch, 0);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, ReadResult::kBatch);
  EXPECT_TRUE(batch.rows.empty());
  EXPECT_FALSE(batch.caught_up);
}

}  // namespace
}  // namespace cdc::testing
