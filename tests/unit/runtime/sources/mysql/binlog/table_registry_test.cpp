// Table ids: what is remembered of them, and what is not.

#include "runtime/sources/mysql/binlog/table_registry.h"

#include <gtest/gtest.h>

#include "runtime/sources/mysql/binlog/event.h"
#include "tests/unit/runtime/sources/mysql/binlog/decoder_lab.h"

namespace cdc::binlog {
namespace {

std::string MapOf(uint64_t id) {
  generator::LogWriter log = NewLog();
  const uint64_t at = log.offset();
  log.TableMap(OneColumn("t", id));
  constexpr size_t kChecksum = 4;
  return log.bytes().substr(at + kHeaderSize, log.offset() - at - kHeaderSize - kChecksum);
}

TEST(TableRegistry, IdsOfTablesOpenedAnewHaveAnEnd) {
  DecoderLab lab;
  CapturedTables tables(&lab);
  TableRegistry registry(&tables, &lab);
  for (uint64_t id = 100; id < 100 + 3 * TableRegistry::kIdsMax; ++id) {
    const Status mapped = registry.OnTableMap(MapOf(id), false);
    ASSERT_TRUE(mapped.ok()) << mapped.error().message();
    ASSERT_NE(registry.Find(id), nullptr) << "until the group ends";
    registry.ForgetReplaced();
    ASSERT_LE(registry.size(), TableRegistry::kIdsMax);
  }
}

TEST(TableRegistry, AGroupKeepsAllItsIds) {
  DecoderLab lab;
  CapturedTables tables(&lab);
  TableRegistry registry(&tables, &lab);
  const uint64_t end = 100 + TableRegistry::kIdsMax + 10;
  for (uint64_t id = 100; id < end; ++id) ASSERT_TRUE(registry.OnTableMap(MapOf(id), false).ok());
  EXPECT_NE(registry.Find(100), nullptr);
  EXPECT_NE(registry.Find(end - 1), nullptr);
  registry.ForgetReplaced();
  EXPECT_EQ(registry.Find(100), nullptr);
}

}  // namespace
}  // namespace cdc::binlog
