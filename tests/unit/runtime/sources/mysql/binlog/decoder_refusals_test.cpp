// What cannot be read stops the stream with words that say what and where.

#include <gtest/gtest.h>

#include "tests/unit/runtime/sources/mysql/binlog/decoder_lab.h"

namespace cdc::binlog {
namespace {

using ::testing::Test;
using namespace std::string_literals;

struct Refusal {
  ErrorCode code;
  std::string message;
};

Refusal ErrorOf(const std::string& log) {
  DecoderLab lab;
  lab.Read(log);
  return {lab.code(), lab.error()};
}

void ExpectSays(const Refusal& refusal, ErrorCode code, std::initializer_list<const char*> parts) {
  EXPECT_EQ(refusal.code, code);
  for (const char* part : parts)
    EXPECT_NE(refusal.message.find(part), std::string::npos) << part << " in: " << refusal.message;
}

TEST(DecoderRefusals, FlippedByte) {
  auto log = NewLog();
  const uint64_t at = log.offset();
  log.Begin(1);
  std::string bytes = log.bytes();
  bytes[at + 30] = static_cast<char>(bytes[at + 30] ^ 1);
  ExpectSays(ErrorOf(bytes), ErrorCode::kCorruptInput,
             {"binlog.000001 at", std::to_string(at).c_str(), "GTID (33)", "checksum mismatch", "["});
}

TEST(DecoderRefusals, RowsThatLackColumns) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Event(kWrite, "\x64\0\0\0\0\0\x01\0\x02\0\x01\0"s);
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kConfig, {"d.t", "binlog_row_image"});
}

TEST(DecoderRefusals, StatementFormat) {
  auto log = NewLog();
  log.Begin(1);
  log.Query("d", "INSERT INTO t VALUES (RAND())");
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kConfig, {"d.t", "statement", "binlog_format"});
}

TEST(DecoderRefusals, StatementFormatOnAServerThatFoldsNames) {
  auto log = NewLog();
  log.Begin(1);
  log.Query("d", "UPDATE Orders SET v = RAND()");
  const auto error_with = [&](bool fold_names) {
    DecoderLab lab(DecoderOptions{.fold_names = fold_names});
    lab.not_wanted = "Orders";
    lab.Read(log.bytes());
    return lab.error();
  };
  EXPECT_EQ(error_with(false), "");
  EXPECT_NE(error_with(true).find("d.Orders is logged as a statement"), std::string::npos);
}

TEST(DecoderRefusals, StatementFormatOfAnotherTableIsNothingToUs) {
  auto log = NewLog();
  log.Begin(1);
  log.Query("d", "INSERT INTO other VALUES (RAND())");
  log.Query("d", "COMMIT");
  DecoderLab lab;
  lab.not_wanted = "other";
  lab.Read(log.bytes());
  EXPECT_EQ(lab.error(), "");
  EXPECT_EQ(lab.ends().back().offset, log.offset());
}

TEST(DecoderRefusals, XaTwoPhase) {
  const auto t = OneColumn("t");
  const auto xa = [&](bool one_phase, bool rows) {
    auto log = NewLog();
    log.Gtid(1, 0);
    log.Query("d", "XA START X'61',X'',1");
    log.TableMap(t);
    if (rows) log.Rows(kWrite, t, Ids({1}));
    log.Query("d", "XA END X'61',X'',1");
    log.Event(38, std::string(1, one_phase ? '\1' : '\0') + "\1\0\0\0\1\0\0\0\0\0\0\0a"s);
    DecoderLab lab;
    lab.Read(log.bytes());
    return lab.error().empty() ? "rows " + lab.text() : lab.error();
  };
  EXPECT_NE(xa(false, true).find("XA two-phase commit is not available yet"), std::string::npos);
  EXPECT_EQ(xa(true, true), "rows t:1");
  EXPECT_EQ(xa(false, false), "rows ");
}

TEST(DecoderRefusals, UnknownEvents) {
  auto log = NewLog();
  log.Event(200, "something", 0x80);
  const std::string ignorable = log.bytes();
  EXPECT_EQ(ErrorOf(ignorable).message, "");
  log.Event(200, "something");
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kCorruptInput, {"(200)", "does not know"});
}

TEST(DecoderRefusals, FileWithoutItsFirstEvent) {
  auto log = NewLog();
  const size_t first = log.offset();
  log.Begin(1);
  const std::string headless = log.bytes().substr(0, 4) + log.bytes().substr(first);
  ExpectSays(ErrorOf(headless), ErrorCode::kCorruptInput,
             {"binlog.000001 at 4", "begins with GTID (33)", "FORMAT_DESCRIPTION"});
}

TEST(DecoderRefusals, Incident) {
  auto log = NewLog();
  log.Event(26,
            "\x01\x00\x0b"
            "LOST_EVENTS"s);
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kPositionLost, {"LOST_EVENTS", "missing"});
}

TEST(DecoderRefusals, ReadingThatBeginsInsideAGroup) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kCorruptInput, {"outside a transaction"});
  auto other = NewLog();
  other.Begin(1);
  other.Rows(kWrite, t, Ids({1}));
  ExpectSays(ErrorOf(other.bytes()), ErrorCode::kCorruptInput, {"table id 100"});
}

TEST(DecoderRefusals, NoColumnNames) {
  auto log = NewLog({.full_metadata = false});
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kConfig, {"d.t", "binlog_row_metadata"});
}

Schema KnownTable(TypeKind kind) {
  Schema schema;
  schema.database = "d";
  schema.table = "t";
  schema.columns.push_back(Column{.name = "id", .type = Type{.kind = kind}});
  return schema;
}

TEST(DecoderRefusals, RowsThatDoNotFitTheKnownTable) {
  const auto t = OneColumn("t");
  const auto read = [&](bool names, Schema schema) {
    auto log = NewLog({.full_metadata = names});
    log.Begin(1);
    log.TableMap(t);
    log.Rows(kWrite, t, Ids({1}));
    log.Xid(1);
    DecoderLab lab;
    lab.schema = std::make_shared<const Schema>(std::move(schema));
    lab.Read(log.bytes());
    return lab.error().empty() ? "rows " + lab.text() : lab.error();
  };
  EXPECT_EQ(read(false, KnownTable(TypeKind::kInt)), "rows t:1");
  const std::string error = read(false, KnownTable(TypeKind::kBigInt));
  EXPECT_NE(error.find("`id` is int in the log and bigint in the known table"), std::string::npos) << error;
  Schema two = KnownTable(TypeKind::kInt);
  two.columns.push_back(two.columns[0]);
  EXPECT_NE(read(false, two).find("1 columns, the known table has 2"), std::string::npos);
  // With names the log's own facts are taken.
  EXPECT_EQ(read(true, KnownTable(TypeKind::kBigInt)), "rows t:1");
}

TEST(DecoderRefusals, CharsetsThatCannotBeRead) {
  generator::LogTable t{.database = "d", .name = "t"};
  t.columns = {{.name = "id", .type = 3, .numeric = true},
               {.name = "word", .type = 15, .meta = "\x0a\x00"s, .collation = 13}};
  auto log = NewLog();
  log.Begin(1);
  log.TableMap(t);
  ExpectSays(ErrorOf(log.bytes()), ErrorCode::kConfig, {"`word` of d.t", "`sjis`"});
}

// Every prefix and every flipped byte of a log, checksums not looked at: errors at most.
TEST(DecoderRefusals, DamagedLogsNeverCrash) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1, 2, 3}));
  log.Query("d", "SAVEPOINT `s`");
  log.Xid(1);
  const std::string good = log.bytes();
  DecoderOptions options;
  options.verify_checksums = false;
  for (size_t at = 4; at < good.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xFF'}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ flip);
      DecoderLab lab(options);
      lab.Read(bad);
      EXPECT_LE(lab.row_facts.size(), 100u);
    }
  }
}

}  // namespace
}  // namespace cdc::binlog
