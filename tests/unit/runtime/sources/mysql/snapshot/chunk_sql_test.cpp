#include <gtest/gtest.h>

#include "runtime/sources/mysql/snapshot/chunk.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::sources {
namespace {

ChunkRequest RequestFor(const std::string& create_table) {
  auto schema = ddl::ParseCreateTable(create_table, {});
  EXPECT_TRUE(schema.ok());
  auto table = std::make_shared<TableVersion>();
  if (schema.ok()) table->schema = std::move(schema).value();
  table->database = "shop";
  table->table = "t";
  ChunkRequest request;
  request.key = table->schema.DefaultKey();
  request.table = std::move(table);
  request.rows_max = 10;
  return request;
}

std::string SqlOf(const ChunkRequest& request) {
  auto sql = ChunkSql(request);
  return sql.ok() ? *sql : sql.error().message();
}

TEST(ChunkSql, FirstChunkHasNoBound) {
  EXPECT_EQ(SqlOf(RequestFor("CREATE TABLE t (id INT PRIMARY KEY, v INT)")),
            "SELECT `id`, `v` FROM `shop`.`t` ORDER BY `id` LIMIT 10");
}

TEST(ChunkSql, BoundOfSeveralColumnsBeginsInTheIndex) {
  ChunkRequest request = RequestFor("CREATE TABLE t (a INT, b INT, c INT, PRIMARY KEY (c, a, b))");
  request.after = {"3", "1", "2"};
  EXPECT_EQ(
      SqlOf(request),
      "SELECT `a`, `b`, `c` FROM `shop`.`t` WHERE `c` >= 3 AND (`c` > 3 OR (`a` >= 1 AND (`a` > 1 OR (`b` > 2)))) "
      "ORDER BY `c`, `a`, `b` LIMIT 10");
}

TEST(ChunkSql, AChunkBetweenBoundsHasAllRowsThatLieThere) {
  ChunkRequest request = RequestFor("CREATE TABLE t (a INT, b INT, c INT, PRIMARY KEY (c, a))");
  request.upto = {"5", "7"};
  EXPECT_EQ(SqlOf(request),
            "SELECT `a`, `b`, `c` FROM `shop`.`t` WHERE `c` <= 5 AND (`c` < 5 OR (`a` <= 7)) ORDER BY `c`, `a`");
  request.after = {"3", "1"};
  EXPECT_EQ(SqlOf(request),
            "SELECT `a`, `b`, `c` FROM `shop`.`t` WHERE `c` >= 3 AND (`c` > 3 OR (`a` > 1)) AND `c` <= 5 AND "
            "(`c` < 5 OR (`a` <= 7)) ORDER BY `c`, `a`");
}

TEST(ChunkSql, ABoundIsTheLastKeyOfSoManyRows) {
  ChunkRequest request = RequestFor("CREATE TABLE t (a INT, b INT, c INT, PRIMARY KEY (c, a))");
  request.after = {"3", "1"};
  const auto sql = BoundSql(request);
  ASSERT_TRUE(sql.ok());
  EXPECT_EQ(*sql,
            "SELECT `c`, `a` FROM `shop`.`t` WHERE `c` >= 3 AND (`c` > 3 OR (`a` > 1)) ORDER BY `c`, `a` "
            "LIMIT 1 OFFSET 9");
}

TEST(ChunkSql, LabelsAreOrderedByNumber) {
  ChunkRequest request = RequestFor("CREATE TABLE t (e ENUM('b','a') PRIMARY KEY)");
  request.after = {"1"};
  EXPECT_EQ(SqlOf(request), "SELECT CAST(`e` AS UNSIGNED) FROM `shop`.`t` WHERE `e`+0 > 1 ORDER BY `e`+0 LIMIT 10");
}

// MariaDB's client library, which both servers are read with, does not know the type.
TEST(ChunkSql, VectorsAreReadAsBytes) {
  EXPECT_EQ(SqlOf(RequestFor("CREATE TABLE t (id INT PRIMARY KEY, v VECTOR(3))")),
            "SELECT `id`, CAST(`v` AS BINARY) FROM `shop`.`t` ORDER BY `id` LIMIT 10");
}

TEST(ChunkSql, OnlyUsedColumnsAndTheKeyAreRead) {
  ChunkRequest request = RequestFor("CREATE TABLE t (id INT PRIMARY KEY, `a``b` INT, c INT)");
  auto table = std::make_shared<TableVersion>(*request.table);
  table->used = {false, true, false};
  request.table = table;
  EXPECT_EQ(SqlOf(request), "SELECT `id`, `a``b` FROM `shop`.`t` ORDER BY `id` LIMIT 10");
}

}  // namespace
}  // namespace cdc::sources
