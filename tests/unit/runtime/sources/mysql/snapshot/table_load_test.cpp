#include "runtime/sources/mysql/snapshot/table_load.h"

#include <gtest/gtest.h>

#include <array>

namespace cdc::sources {
namespace {

using Row = std::array<Value, 2>;  // id, v

Row RowOf(int64_t id, int64_t v) { return {Value::Int(id), Value::Int(v)}; }

Position StreamAt(uint64_t offset) {
  Position stream;
  stream.file = "binlog.000001";
  stream.offset = offset;
  return stream;
}

std::shared_ptr<const LowMark> LowAt(uint64_t offset) {
  auto low = std::make_shared<LowMark>();
  low->place = {"binlog.000001", offset};
  return low;
}

// One table (id, v), keyed by id. Places of the log are numbers of one file.
class TableLoadTest : public ::testing::Test {
 protected:
  TableLoadTest() {
    Column id, v;
    id.name = "id";
    v.name = "v";
    auto table = std::make_shared<TableVersion>();
    table->schema.columns = {id, v};
    table->schema.indexes = {{.name = "PRIMARY", .columns = {"id"}, .unique = true}};
    load_.Begin(table, StreamAt(100), {});
  }

  // A chunk of rows of versions 0, from the first id to the last.
  std::shared_ptr<Chunk> ChunkOf(int64_t first, int64_t last, uint64_t low, uint64_t high) {
    auto chunk = std::make_shared<Chunk>();
    chunk->table = load_.table();
    for (int64_t id = first; id <= last; ++id) {
      Value* row = chunk->arena.AllocateArray<Value>(2);
      row[0] = Value::Int(id);
      row[1] = Value::Int(0);
      chunk->rows.push_back(row);
      chunk->last_key = {std::to_string(id)};
    }
    chunk->low = LowAt(low);
    chunk->high = {"binlog.000001", high};
    return chunk;
  }

  void Touch(int64_t id, int64_t v, uint64_t place) {
    auto transaction = std::make_shared<TouchedKeys::Transaction>();
    transaction->start = {"binlog.000001", place};
    const Row row = RowOf(id, v);
    RowChange change;
    change.after = row.data();
    load_.Touch(change, transaction);
  }

  // The versions of the due window's rows as they are emitted.
  std::vector<int64_t> Emit(uint64_t stream) {
    std::vector<int64_t> versions;
    Window* due = load_.Due(StreamAt(stream));
    if (due == nullptr) return versions;
    for (const Value* row : due->chunk->rows) {
      const Value* newest = load_.Newest(*due, row, &arena_);
      if (newest != nullptr) versions.push_back(newest[1].integer());
    }
    load_.PopFirst();
    return versions;
  }

  TableLoad load_;
  Arena arena_;
};

using Versions = std::vector<int64_t>;

TEST_F(TableLoadTest, TheNextWindowWaitsForTheBoundOfTheLastOne) {
  EXPECT_EQ(load_.Rank(), 0);
  Window* first = load_.StartRead(nullptr);
  EXPECT_TRUE(first->after.empty());
  EXPECT_EQ(load_.Rank(), std::nullopt);
  first->upto = {"3"};  // found while the rows are being read
  EXPECT_EQ(load_.Rank(), 1);
  Window* second = load_.StartRead(nullptr);
  EXPECT_EQ(second->after, std::vector<std::string>{"3"});
  EXPECT_EQ(load_.open(), 2);
}

TEST_F(TableLoadTest, WindowsAreEmittedInTheOrderOfTheKey) {
  Window* first = load_.StartRead(nullptr);
  first->upto = {"3"};
  Window* second = load_.StartRead(nullptr);
  load_.OnRead(second, ChunkOf(4, 6, 200, 200));
  EXPECT_EQ(load_.Due(StreamAt(900)), nullptr);
  auto chunk = ChunkOf(1, 3, 200, 300);
  chunk->upto = {"3"};
  load_.OnRead(first, chunk);
  EXPECT_EQ(load_.Due(StreamAt(299)), nullptr);
  EXPECT_EQ(Emit(300), (Versions{0, 0, 0}));
  EXPECT_EQ(Emit(300), (Versions{0, 0, 0}));
}

TEST_F(TableLoadTest, EachWindowHasItsOwnLowMark) {
  Window* first = load_.StartRead(nullptr);
  first->upto = {"3"};
  Window* second = load_.StartRead(nullptr);
  Touch(2, 1, 150);
  Touch(5, 1, 150);
  auto chunk = ChunkOf(1, 3, 140, 140);
  chunk->upto = {"3"};
  load_.OnRead(first, chunk);
  // This read has seen the transaction, so what it read is newer.
  load_.OnRead(second, ChunkOf(4, 6, 160, 160));
  EXPECT_EQ(Emit(170), (Versions{0, 1, 0}));
  EXPECT_EQ(Emit(170), (Versions{0, 0, 0}));
}

TEST_F(TableLoadTest, WhatEveryWindowContainsIsForgottenAndNothingElse) {
  Window* first = load_.StartRead(nullptr);
  first->upto = {"3"};
  Window* second = load_.StartRead(nullptr);
  Touch(2, 1, 150);
  auto chunk = ChunkOf(1, 3, 200, 200);
  chunk->upto = {"3"};
  load_.OnRead(first, chunk);
  EXPECT_GT(load_.touched_bytes(), 0u);  // the mark of the second is not known
  load_.OnRead(second, ChunkOf(4, 6, 200, 200));
  EXPECT_EQ(load_.touched_bytes(), 0u);
  // A stream that lags behind all reads fills no memory.
  Touch(5, 1, 180);
  EXPECT_EQ(load_.touched_bytes(), 0u);
  Touch(5, 1, 200);
  EXPECT_GT(load_.touched_bytes(), 0u);
}

TEST_F(TableLoadTest, AReadContainsTheMarkThatWasKnownWhenItBegan) {
  Window* first = load_.StartRead(LowAt(150));
  first->upto = {"3"};
  load_.StartRead(LowAt(170));
  Touch(2, 1, 140);
  EXPECT_EQ(load_.touched_bytes(), 0u);
  Touch(5, 1, 160);
  EXPECT_GT(load_.touched_bytes(), 0u);
}

TEST_F(TableLoadTest, TheRestOfAChunkThatOutgrewItsMemoryIsReadBeforeAnythingElse) {
  Window* first = load_.StartRead(nullptr);
  first->upto = {"6"};
  load_.StartRead(nullptr);
  auto chunk = ChunkOf(1, 4, 200, 200);
  chunk->upto = {"6"};
  chunk->cut = true;
  load_.OnRead(first, chunk);
  ASSERT_LT(load_.Rank().value_or(0), 0);
  Window* rest = load_.StartRead(nullptr);
  EXPECT_EQ(rest->after, std::vector<std::string>{"4"});
  EXPECT_EQ(rest->upto, std::vector<std::string>{"6"});
  EXPECT_EQ(Emit(200), (Versions{0, 0, 0, 0}));
  EXPECT_EQ(load_.Due(StreamAt(200)), nullptr);
}

TEST_F(TableLoadTest, AWindowThatWasRefusedIsReadAgainInItsPlace) {
  Window* first = load_.StartRead(nullptr);
  first->upto = {"3"};
  Window* second = load_.StartRead(nullptr);
  second->upto = {"6"};
  load_.OnRefused(first, Error(ErrorCode::kConfig, "rebuilt"), {"binlog.000001", 300});
  EXPECT_EQ(load_.Rank(), std::nullopt);
  EXPECT_EQ(load_.Refused(StreamAt(299)), nullptr);
  ASSERT_EQ(load_.Refused(StreamAt(300)), first);
  load_.ReadAgain(first);
  EXPECT_EQ(load_.StartRead(nullptr), first);
  EXPECT_EQ(first->upto, std::vector<std::string>{"3"});
}

TEST_F(TableLoadTest, TheMemoryBeginsAnewWhereNothingIsOpen) {
  Window* first = load_.StartRead(nullptr);
  load_.OnRead(first, [&] {
    auto chunk = ChunkOf(1, 3, 200, 200);
    chunk->last = false;
    return chunk;
  }());
  EXPECT_EQ(Emit(200), (Versions{0, 0, 0}));
  EXPECT_FALSE(load_.begun());
}

}  // namespace
}  // namespace cdc::sources
