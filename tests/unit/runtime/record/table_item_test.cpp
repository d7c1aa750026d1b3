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

}  // namespace
}  // namespace cdc
