#include "compiler/doc/table_comment.h"

#include <gtest/gtest.h>

namespace cdc::doc {
namespace {

TEST(TableComment, OfTheTableAlone) {
  EXPECT_EQ(TableComment("CREATE TABLE `t` (\n  `a` int COMMENT 'x) COMMENT=''y''',\n  PRIMARY KEY (`a`)\n) "
                         "ENGINE=InnoDB COMMENT='it''s'\n"),
            "it's");
  EXPECT_EQ(TableComment("CREATE TABLE `t` (\n  `a` int COMMENT 'of the column'\n) ENGINE=InnoDB\n"), "");
  EXPECT_EQ(TableComment("CREATE TABLE `t` (`a` int);\n"), "");
  EXPECT_EQ(TableComment(""), "");
}

TEST(TableComment, Escapes) {
  EXPECT_EQ(TableComment("x (\n) ENGINE=InnoDB COMMENT='a\\\\b\\'c\\nd'"), "a\\b'c\nd");
  EXPECT_EQ(TableComment("x (\n) ENGINE=InnoDB COMMENT='never closed"), "");
  EXPECT_EQ(TableComment("x (\n) ENGINE=InnoDB COMMENT='ends in a backslash\\"), "");
}

}  // namespace
}  // namespace cdc::doc
