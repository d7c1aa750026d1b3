#include <gtest/gtest.h>

#include "tests/unit/stdlib/ddl/dialects.h"

namespace cdc::ddl {
namespace {

class AlterTable : public ::testing::Test {
 protected:
  AlterTable() {
    Result<Schema> made = ParseCreateTable(
        "create table t (id int primary key, a int, b varchar(10), c text, key k (a, b), unique key u (b)) "
        "charset=latin1",
        MySql());
    EXPECT_TRUE(made.ok());
    schema_ = *made;
  }

  Status Run(const std::string& actions) {
    Result<Statement> statement = ParseDdl("alter table t " + actions, MySql());
    if (!statement.ok()) return statement.error();
    return Apply(statement->changes.at(0), MySql(), &schema_);
  }

  // Runs and shows "name type" of every column.
  std::string After(const std::string& actions) {
    Status status = Run(actions);
    if (!status.ok()) return status.error().message();
    std::string text;
    for (const Column& column : schema_.columns) {
      text += (text.empty() ? "" : ", ") + column.name + " " + column.type_text;
    }
    return text;
  }

  Schema schema_;
};

TEST_F(AlterTable, AddsInPlaces) {
  EXPECT_EQ(After("add x int first, add y bigint after a, add (v int, w int)"),
            "x int, id int, a int, y bigint, b varchar(10), c text, v int, w int");
  EXPECT_EQ(schema_.columns[6].type.nullable, true);
}

TEST_F(AlterTable, AddedTextTakesTheTablesCharset) {
  ASSERT_TRUE(Run("add x varchar(5)").ok());
  EXPECT_EQ(schema_.columns[4].type.charset, "latin1");
  EXPECT_EQ(schema_.columns[4].type.collation, "latin1_swedish_ci");
}

TEST_F(AlterTable, ModifiesAndMoves) {
  EXPECT_EQ(After("modify c json first, modify a bigint not null"), "c json, id int, a bigint, b varchar(10)");
  EXPECT_FALSE(schema_.columns[2].type.nullable);
  EXPECT_EQ(After("change c d date after b"), "id int, a bigint, b varchar(10), d date");
}

TEST_F(AlterTable, NamesAreThoseBeforeTheStatement) {
  EXPECT_EQ(After("rename column a to b, rename column b to a"), "id int, b int, a varchar(10), c text");
  EXPECT_EQ(schema_.indexes[1].columns, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(After("drop column c, add c int after id"), "id int, c int, b int, a varchar(10)");
  EXPECT_EQ(After("change a z int, add y int after z"), "id int, c int, b int, z int, y int");
}

TEST_F(AlterTable, DropsAlsoFromIndexes) {
  ASSERT_TRUE(Run("drop column b").ok());
  ASSERT_EQ(schema_.indexes.size(), 2u);
  EXPECT_EQ(schema_.indexes[1].columns, (std::vector<std::string>{"a"}));
  ASSERT_TRUE(Run("drop primary key, add primary key (a), rename index k to k2").ok());
  EXPECT_EQ(schema_.PrimaryKey(), std::vector<int>{1});
  EXPECT_FALSE(schema_.columns[1].type.nullable);
  EXPECT_EQ(schema_.indexes[0].name, "PRIMARY");
  EXPECT_EQ(schema_.indexes[1].name, "k2");
  EXPECT_TRUE(Run("drop index k2, drop index made_by_a_foreign_key").ok());
  EXPECT_EQ(schema_.indexes.size(), 1u);
}

TEST_F(AlterTable, ColumnsBringTheirKeys) {
  ASSERT_TRUE(Run("add x int unique, add unique (a)").ok());
  ASSERT_EQ(schema_.indexes.size(), 5u);
  EXPECT_EQ(schema_.indexes[3].name, "x");
  EXPECT_EQ(schema_.indexes[4].name, "a");
}

TEST_F(AlterTable, CharsetsConvert) {
  EXPECT_EQ(After("convert to character set utf8mb4"), "id int, a int, b varchar(10), c mediumtext");
  EXPECT_EQ(schema_.charset, "utf8mb4");
  EXPECT_EQ(schema_.columns[2].type.collation, "utf8mb4_0900_ai_ci");
  ASSERT_TRUE(Run("default charset = gbk").ok());
  EXPECT_EQ(schema_.columns[2].type.charset, "utf8mb4");
  ASSERT_TRUE(Run("add x char(3)").ok());
  EXPECT_EQ(schema_.columns[4].type.charset, "gbk");
}

TEST_F(AlterTable, DefaultsAndVisibility) {
  ASSERT_TRUE(Run("alter column a set default 5, alter b set invisible").ok());
  EXPECT_EQ(schema_.columns[1].default_text, "5");
  EXPECT_TRUE(schema_.columns[2].invisible);
  ASSERT_TRUE(Run("alter a drop default").ok());
  EXPECT_FALSE(schema_.columns[1].default_text.has_value());
}

TEST_F(AlterTable, RenamesTheTable) {
  ASSERT_TRUE(Run("rename to other.x, add y int").ok());
  EXPECT_EQ(schema_.database, "other");
  EXPECT_EQ(schema_.table, "x");
  EXPECT_EQ(schema_.columns.size(), 5u);
}

TEST_F(AlterTable, AllOrNothing) {
  EXPECT_EQ(After("add x int, drop column nope"),
            "the DDL statement does not fit table `shop.t`: there is no column `nope`");
  EXPECT_EQ(schema_.columns.size(), 4u);
  EXPECT_EQ(After("add a int"), "the DDL statement does not fit table `shop.t`: column `a` is there already");
  EXPECT_EQ(After("add x int after nope"),
            "the DDL statement does not fit table `shop.t`: there is no column `nope` to stand after");
  EXPECT_EQ(After("rename column a to B"),
            "the DDL statement does not fit table `shop.t`: column `b` is there already");
  EXPECT_TRUE(Run("add column if not exists a int, drop column if exists nope").ok());
  EXPECT_EQ(schema_.columns.size(), 4u);
}

}  // namespace
}  // namespace cdc::ddl
