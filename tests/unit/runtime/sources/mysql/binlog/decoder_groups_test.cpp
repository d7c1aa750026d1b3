// Groups as StreamDecoder sees them: what commits comes out, what does not leaves nothing behind.

#include <gtest/gtest.h>

#include "tests/unit/runtime/sources/mysql/binlog/decoder_lab.h"

namespace cdc::binlog {
namespace {

const std::string kUuid = "96da81fe-e594-11f1-bee3-02fc00000001:";

TEST(DecoderGroups, CommittedRowsInOrder) {
  auto log = NewLog();
  const auto t = OneColumn("t"), u = OneColumn("u", 101);
  log.Begin(1);
  log.TableMap(t);
  log.TableMap(u);
  log.Rows(kWrite, t, Ids({1, 2}));
  log.Rows(kUpdate, u, Ids({7, 8}));
  log.Rows(kDelete, t, Ids({1}));
  log.Xid(1);
  const uint64_t middle = log.offset();
  log.Begin(2);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({3}));
  log.Query("d", "COMMIT");
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.error(), "");
  EXPECT_EQ(lab.text(), "t:1,2 u:7>8 t:-1,3");
  EXPECT_EQ(lab.row_facts, (std::vector<std::string>{kUuid + "1#0/0", kUuid + "1#1/1", kUuid + "1#2/0",
                                                     kUuid + "1#3/2!", kUuid + "2#0/0!"}));
  EXPECT_EQ(lab.ends().back().offset, log.offset());
  EXPECT_GT(log.offset(), middle);
}

TEST(DecoderGroups, RollbackDiscards) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  log.Query("d", "ROLLBACK");
  log.Begin(2);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({2}));
  log.Xid(2);
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text(), "t:2");
  EXPECT_EQ(lab.decoder().counters().discarded_groups, 1u);
}

TEST(DecoderGroups, RollbackToSavepoint) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  log.Query("d", "SAVEPOINT `a`");
  log.Rows(kWrite, t, Ids({2}));
  log.Query("d", "SAVEPOINT `b`");
  log.Rows(kWrite, t, Ids({3}));
  log.Query("d", "ROLLBACK TO `a`");
  log.Xid(1);
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text(), "t:1");
  EXPECT_EQ(lab.row_facts, (std::vector<std::string>{kUuid + "1#0/0!"}));

  auto broken = NewLog();
  broken.Begin(1);
  broken.Query("d", "ROLLBACK TO `x`");
  DecoderLab other;
  other.Read(broken.bytes());
  EXPECT_NE(other.error().find("savepoint"), std::string::npos);
}

TEST(DecoderGroups, OpenGroupAtTheEndIsNotHandedOut) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  log.Xid(1);
  const uint64_t safe = log.offset();
  log.Begin(2);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({2}));
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text(), "t:1");
  EXPECT_TRUE(lab.decoder().inside_group());
  EXPECT_EQ(lab.ends().back().offset, safe);
}

TEST(DecoderGroups, FileThatEndsInsideAGroupIsTornByACrash) {
  auto first = NewLog();
  const auto t = OneColumn("t");
  first.Begin(1);
  first.TableMap(t);
  first.Rows(kWrite, t, Ids({1}));
  auto second = NewLog();
  second.Begin(1);
  second.TableMap(t);
  second.Rows(kWrite, t, Ids({2}));
  second.Xid(1);
  DecoderLab lab;
  lab.Read(first.bytes());
  ASSERT_TRUE(lab.decoder().EnterFile("binlog.000002").ok());
  EXPECT_FALSE(lab.decoder().inside_group());
  EXPECT_EQ(lab.decoder().position().file, "binlog.000002");
  EXPECT_EQ(lab.decoder().position().offset, 4u);
  EXPECT_EQ(lab.decoder().counters().discarded_groups, 1u);
  Position next = lab.decoder().position();
  lab.Read(second.bytes(), next);
  EXPECT_EQ(lab.text(), "t:2");
}

TEST(DecoderGroups, AnonymousAndMySql56GroupsAreNamedByTheirPlace) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  const uint64_t start = log.offset();
  log.Query("", "BEGIN");
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  log.Xid(1);
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.row_facts, (std::vector<std::string>{"binlog.000001:" + std::to_string(start) + "#0/0!"}));
}

TEST(DecoderGroups, DdlHasABatchOfItsOwn) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  log.Xid(1);
  log.Gtid(2, 0);
  log.Query("d", "ALTER TABLE t ADD x INT");
  log.Gtid(3, 0);
  log.Query("d", "CREATE USER u");
  log.Begin(4);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({2}));
  log.Xid(4);
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text(), "t:1 | ddl ALTER TABLE t ADD x INT | t:2");
  EXPECT_EQ(lab.statements, (std::vector<std::string>{"ALTER TABLE t ADD x INT"}));
  EXPECT_EQ(lab.ddl_groups, (std::vector<std::string>{kUuid + "2"}));
}

TEST(DecoderGroups, DdlInsideAGroupWaitsForItsCommit) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.Query("d", "CREATE TABLE t (id INT) START TRANSACTION");
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  const std::string torn = log.bytes();
  log.Xid(1);
  DecoderLab cut;
  cut.Read(torn);
  EXPECT_EQ(cut.text(), "");
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text(), "ddl CREATE TABLE t (id INT) START TRANSACTION | t:1");
  EXPECT_EQ(lab.ddl_groups, (std::vector<std::string>{kUuid + "1"}));
}

TEST(DecoderGroups, TablesNotCapturedOnlyMoveThePosition) {
  auto log = NewLog();
  const auto t = OneColumn("t"), other = OneColumn("other", 101);
  log.Begin(1);
  log.TableMap(other);
  log.Rows(kWrite, other, Ids({1}));
  log.Xid(1);
  DecoderLab lab;
  lab.not_wanted = "other";
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text(), "");
  EXPECT_EQ(lab.ends().back().offset, log.offset());
}

TEST(DecoderGroups, ChecksumsOffAndOn) {
  for (const bool checksums : {false, true}) {
    auto log = NewLog({.checksums = checksums});
    const auto t = OneColumn("t");
    log.Begin(1);
    log.TableMap(t);
    log.Rows(kWrite, t, Ids({1}));
    log.Xid(1);
    DecoderLab lab;
    lab.Read(log.bytes());
    EXPECT_EQ(lab.text(), "t:1") << checksums;
    EXPECT_EQ(lab.error(), "");
  }
}

}  // namespace
}  // namespace cdc::binlog
