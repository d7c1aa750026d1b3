// Groups larger than the hold and batches cut inside a group: every row once, whatever the sizes and wherever reading
// is broken off.

#include <gtest/gtest.h>
#include <zstd.h>

#include <set>

#include "tests/unit/runtime/sources/mysql/binlog/decoder_lab.h"

namespace cdc::binlog {
namespace {

constexpr uint8_t kPayload = 40;

// Two captured tables, one that is not, savepoints, 3 groups; the middle one has 60 rows.
void PutGroups(generator::LogWriter* log) {
  const auto t = OneColumn("t"), u = OneColumn("u", 101), other = OneColumn("other", 102);
  log->Begin(1);
  log->TableMap(t);
  log->Rows(kWrite, t, Ids({1}));
  log->Xid(1);
  log->Begin(2);
  for (uint32_t i = 0; i < 20; ++i) {
    log->TableMap(t);
    log->Rows(kWrite, t, Ids({100 + 10 * i, 101 + 10 * i}));
    log->TableMap(other);
    log->Rows(kWrite, other, Ids({0}));
    log->TableMap(u);
    log->Rows(kWrite, u, Ids({105 + 10 * i}));
  }
  log->Query("d", "SAVEPOINT `s`");
  log->Rows(kWrite, u, Ids({999}));
  log->Query("d", "ROLLBACK TO `s`");
  log->Xid(2);
  log->Begin(3);
  log->TableMap(t);
  log->Rows(kWrite, t, Ids({2}));
  log->Xid(3);
}

std::string Log() {
  auto log = NewLog();
  PutGroups(&log);
  return log.bytes();
}

std::vector<std::string> AllRows() {
  std::vector<std::string> rows = {"96da81fe-e594-11f1-bee3-02fc00000001:1#0/0!"};
  for (int i = 0; i < 60; ++i) {
    // Two rows of t, then one of u.
    const int in_table = i % 3 == 2 ? i / 3 : i - i / 3;
    rows.push_back("96da81fe-e594-11f1-bee3-02fc00000001:2#" + std::to_string(i) + "/" + std::to_string(in_table) +
                   (i == 59 ? "!" : ""));
  }
  rows.push_back("96da81fe-e594-11f1-bee3-02fc00000001:3#0/0!");
  return rows;
}

DecoderOptions Options(size_t hold, size_t batch) {
  DecoderOptions options;
  options.hold_bytes = hold;
  options.batch_bytes = batch;
  options.block_bytes = 64;
  return options;
}

constexpr size_t kAmple = 1 << 20;
constexpr size_t kHoldsOneRow = 600;

TEST(DecoderLargeGroups, ManySmallEventsCountForWhatKeepsThem) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  constexpr uint32_t kEvents = 2'000;
  log.Begin(1);
  for (uint32_t i = 0; i < kEvents; ++i) {
    log.TableMap(t);
    log.Rows(kWrite, t, Ids({i}));
  }
  log.Xid(1);
  DecoderLab lab(Options(kEvents * 20, kAmple));  // four times their images
  lab.Read(log.bytes());
  EXPECT_EQ(lab.error(), "");
  EXPECT_EQ(lab.row_facts.size(), kEvents);
  EXPECT_EQ(lab.decoder().counters().reread_groups, 1u);
}

TEST(DecoderLargeGroups, OversizedGroupIsReadAgain) {
  DecoderLab held(Options(kAmple, kAmple)), streamed(Options(kHoldsOneRow, kAmple));
  held.not_wanted = streamed.not_wanted = "other";
  held.Read(Log());
  streamed.Read(Log());
  EXPECT_EQ(held.error() + streamed.error(), "");
  EXPECT_EQ(held.row_facts, AllRows());
  EXPECT_EQ(streamed.row_facts, AllRows());
  EXPECT_EQ(held.decoder().counters().reread_groups, 0u);
  EXPECT_EQ(streamed.decoder().counters().reread_groups, 1u);
  EXPECT_EQ(held.text().find("999"), std::string::npos);
  EXPECT_EQ(streamed.text().find("999"), std::string::npos);
}

TEST(DecoderLargeGroups, OversizedGroupThatRollsBackIsNotReadAgain) {
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  for (uint32_t i = 0; i < 50; ++i) log.Rows(kWrite, t, Ids({i}));
  log.Query("d", "ROLLBACK");
  DecoderLab lab(Options(kHoldsOneRow, kAmple));
  lab.Read(log.bytes());
  EXPECT_EQ(lab.text() + lab.error(), "");
  EXPECT_EQ(lab.decoder().counters().reread_groups, 0u);
  EXPECT_EQ(lab.ends().back().offset, log.offset());
}

// Reads to every position that is ever handed out, then goes on from there with a new decoder.
void ExpectResumable(const std::string& log, DecoderOptions options) {
  DecoderLab whole(options);
  whole.not_wanted = "other";
  whole.Read(log);
  ASSERT_EQ(whole.error(), "");
  ASSERT_EQ(whole.row_facts, AllRows());
  std::set<std::string> inside;
  for (const Position& end : whole.ends()) {
    DecoderLab first(options), second(options);
    first.not_wanted = second.not_wanted = "other";
    second.Read(log, end);
    ASSERT_EQ(second.error(), "") << ToText(end);
    const size_t left = second.row_facts.size();
    ASSERT_LE(left, AllRows().size());
    const auto all = AllRows();
    EXPECT_EQ(second.row_facts, std::vector<std::string>(all.end() - static_cast<std::ptrdiff_t>(left), all.end()))
        << ToText(end);
    if (end.inside_group()) inside.insert(ToText(end));
  }
  EXPECT_GT(inside.size(), 10u);
}

TEST(DecoderLargeGroups, ResumesByOrdinal) { ExpectResumable(Log(), Options(kAmple, 1)); }
TEST(DecoderLargeGroups, ResumesByOrdinalInsideAnOversizedGroup) { ExpectResumable(Log(), Options(kHoldsOneRow, 1)); }

TEST(DecoderLargeGroups, EveryPositionIsDifferentAndGrows) {
  DecoderLab lab(Options(kHoldsOneRow, 1));
  lab.not_wanted = "other";
  lab.Read(Log());
  for (size_t i = 1; i < lab.ends().size(); ++i) {
    const Position& a = lab.ends()[i - 1];
    const Position& b = lab.ends()[i];
    EXPECT_LE(std::tie(a.offset, a.row_event, a.row), std::tie(b.offset, b.row_event, b.row)) << i;
  }
}

TEST(DecoderLargeGroups, PositionInsideAnotherGroupIsLost) {
  DecoderLab lab(Options(kAmple, 1));
  lab.not_wanted = "other";
  lab.Read(Log());
  Position wrong = lab.ends()[5];
  ASSERT_TRUE(wrong.inside_group());
  wrong.offset = lab.ends()[0].offset;
  DecoderLab other;
  const std::string log = Log();
  Position start;
  start.flavour = Flavour::kFiles;
  start.file = "binlog.000001";
  start.row_event = 3;
  other.Read(log, start);
  EXPECT_EQ(other.code(), ErrorCode::kPositionLost);
  EXPECT_EQ(other.text(), "");
}

std::string Payload(const std::string& events, bool zstd) {
  std::string packed = events;
  if (zstd) {
    packed.resize(ZSTD_compressBound(events.size()));
    packed.resize(ZSTD_compress(packed.data(), packed.size(), events.data(), events.size(), 3));
  }
  std::string body;
  const auto put = [&](uint8_t type, uint64_t value) {
    std::string data;
    generator::PutLenenc(value, &data);
    generator::PutLenenc(type, &body);
    generator::PutLenencText(data, &body);
  };
  put(2, zstd ? 0 : 255);
  put(3, events.size());
  put(1, packed.size());
  generator::PutLenenc(0, &body);
  return body + packed;
}

// The same three groups; the second one in one TRANSACTION_PAYLOAD.
std::string PackedLog(bool zstd) {
  generator::LogWriter plain({.checksums = false});
  PutGroups(&plain);
  const std::string& events = plain.bytes();
  std::vector<std::string> groups(1);
  for (size_t at = 0; at < events.size();) {
    const auto size = static_cast<unsigned char>(events[at + 9]) + 256u * static_cast<unsigned char>(events[at + 10]);
    groups.back() += events.substr(at, size);
    if (events[at + 4] == 16) groups.emplace_back();
    at += size;
  }
  auto log = NewLog();
  const auto t = OneColumn("t");
  log.Begin(1);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({1}));
  log.Xid(1);
  log.Gtid(2, 0);
  const size_t gtid = static_cast<unsigned char>(groups[1][9]);
  log.Event(kPayload, Payload(groups[1].substr(gtid), zstd));
  log.Begin(3);
  log.TableMap(t);
  log.Rows(kWrite, t, Ids({2}));
  log.Xid(3);
  return log.bytes();
}

TEST(DecoderLargeGroups, CompressedTransactions) {
  for (const bool zstd : {true, false}) {
    for (const size_t hold : {kAmple, size_t{100}}) {
      DecoderLab lab(Options(hold, kAmple));
      lab.not_wanted = "other";
      lab.Read(PackedLog(zstd));
      EXPECT_EQ(lab.error(), "");
      EXPECT_EQ(lab.row_facts, AllRows()) << zstd << hold;
    }
  }
}

TEST(DecoderLargeGroups, CompressedTransactionsResumeByOrdinal) {
  ExpectResumable(PackedLog(true), Options(kAmple, 1));
  ExpectResumable(PackedLog(true), Options(kHoldsOneRow, 1));
}

TEST(DecoderLargeGroups, BrokenCompressedTransactionIsAnError) {
  auto log = NewLog();
  log.Gtid(1, 0);
  log.Event(kPayload, Payload("no events at all, but long enough for one", true));
  DecoderLab lab;
  lab.Read(log.bytes());
  EXPECT_EQ(lab.code(), ErrorCode::kCorruptInput);
  EXPECT_NE(lab.error().find("TRANSACTION_PAYLOAD"), std::string::npos) << lab.error();
}

// Captured rows spread thinly over much log do not keep the log in memory.
TEST(DecoderLargeGroups, SparseRowsAreCopiedTogether) {
  auto log = NewLog();
  const auto t = OneColumn("t"), other = OneColumn("other", 102);
  log.Begin(1);
  log.TableMap(t);
  log.TableMap(other);
  for (uint32_t i = 0; i < 40; ++i) {
    log.Rows(kWrite, t, Ids({i}));
    for (int j = 0; j < 10; ++j) log.Rows(kWrite, other, Ids({0, 0, 0, 0, 0, 0, 0, 0}));
  }
  log.Xid(1);
  DecoderLab lab(Options(kAmple, kAmple));
  lab.not_wanted = "other";
  lab.Read(log.bytes());
  EXPECT_EQ(lab.row_facts.size(), 40u);
  EXPECT_LE(lab.most_pinned, 40u * 5 + 64 * 8);
}

}  // namespace
}  // namespace cdc::binlog
