#include "runtime/record/change_batch.h"

#include <gtest/gtest.h>

#include "runtime/record/message_batch.h"

namespace cdc {
namespace {

TEST(ChangeBatch, ResetForgetsEverything) {
  ChangeBatch batch;
  auto block = std::make_shared<int>(1);
  batch.rows.emplace_back();
  batch.groups.emplace_back();
  batch.ddl.emplace();
  batch.state.push_back({"schema", "a.b/1", "{}"});
  batch.tables.push_back(std::make_shared<TableVersion>());
  batch.blocks.push_back(block);
  batch.block_bytes = 77;
  batch.end.file = "f";
  batch.caught_up = batch.idle = true;
  batch.arena.Allocate(3 << 20);
  batch.Reset();
  EXPECT_TRUE(batch.rows.empty() && batch.groups.empty() && batch.state.empty() && batch.tables.empty());
  EXPECT_FALSE(batch.ddl.has_value());
  EXPECT_TRUE(batch.end.empty());
  EXPECT_FALSE(batch.caught_up || batch.idle);
  EXPECT_EQ(batch.bytes(), batch.arena.bytes_reserved());
  EXPECT_LE(batch.bytes(), size_t{1} << 20);
  EXPECT_EQ(block.use_count(), 1);
}

TEST(MessageBatch, ResetForgetsEverything) {
  MessageBatch batch;
  batch.bytes.Append("abc");
  batch.messages.emplace_back();
  batch.barrier = batch.caught_up = batch.idle = true;
  batch.rows_in = 7;
  batch.commit_time_us = 8;
  batch.end.file = "f";
  batch.Reset();
  EXPECT_EQ(batch.bytes.size(), 0u);
  EXPECT_TRUE(batch.messages.empty() && batch.state.empty() && batch.end.empty());
  EXPECT_FALSE(batch.barrier || batch.caught_up || batch.idle);
  EXPECT_EQ(batch.rows_in, 0u);
  EXPECT_EQ(batch.commit_time_us, 0);
}

}  // namespace
}  // namespace cdc
