#include "runtime/record/table_item.h"

#include <gtest/gtest.h>

namespace cdc {
namespace {

TEST(TableItem, PlainNamesStayAsTheyAre) { EXPECT_EQ(TableItem("shop", "order lines/2026"), "shop.order lines/2026"); }

TEST(TableItem, NamesWithDotsAreNotTakenForEachOther) {
  EXPECT_EQ(TableItem("a.b", "c"), "`a.b`.c");
  EXPECT_EQ(TableItem("a", "b.c"), "a.`b.c`");
  EXPECT_EQ(TableItem("a`", "b`.`c"), "`a```.`b``.``c`");
}

TEST(TableItem, IsReadBack) {
  for (const auto& [database, table] : {std::pair("shop", "order lines/2026"), std::pair("a.b", "c"),
                                        std::pair("a", "b.c"), std::pair("a`", "b`.`c"), std::pair("`", ".")}) {
    EXPECT_EQ(TableOfItem(TableItem(database, table)), (std::pair<std::string, std::string>(database, table)));
  }
  for (const char* item : {"", "shop", "a.b.c", "`a.b", "`a`b.c", "a.`b"}) EXPECT_FALSE(TableOfItem(item)) << item;
}

}  // namespace
}  // namespace cdc
