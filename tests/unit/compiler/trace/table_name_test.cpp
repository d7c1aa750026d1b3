#include "compiler/trace/table_name.h"

#include <gtest/gtest.h>

namespace cdc::trace {
namespace {

void Expect(const std::string& text, const std::string& database, const std::string& table) {
  const Result<TableName> name = ReadTableName(text);
  ASSERT_TRUE(name.ok()) << text;
  EXPECT_EQ(name->database, database) << text;
  EXPECT_EQ(name->table, table) << text;
}

TEST(ReadTableName, Names) {
  Expect("shop.orders", "shop", "orders");
  Expect("orders", "", "orders");
  Expect("`a.b`.orders", "a.b", "orders");
  Expect("`a``b`.`c`", "a`b", "c");
}

TEST(ReadTableName, NoNames) {
  for (const char* text : {"", ".", "a.", ".b", "a.b.c", "`a", "`a`b", "``"})
    EXPECT_FALSE(ReadTableName(text).ok()) << text;
}

}  // namespace
}  // namespace cdc::trace
