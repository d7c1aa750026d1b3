#include <gtest/gtest.h>

#include "runtime/sources/mysql/binlog/query.h"

namespace cdc::binlog {
namespace {

constexpr Server kMySql{false, 90704};
constexpr Server kMariaDb{true, 101119};

StatementClass ClassOf(std::string_view text, const Server& server = kMySql) {
  return Classify(text, server, false).kind;
}

std::string Targets(std::string_view text) {
  std::string names;
  for (const auto& [database, table] : Classify(text, kMySql, false).targets) names += database + "." + table + " ";
  return names;
}

TEST(Statement, Control) {
  EXPECT_EQ(ClassOf("BEGIN"), StatementClass::kBegin);
  EXPECT_EQ(ClassOf("begin"), StatementClass::kBegin);
  EXPECT_EQ(ClassOf("START TRANSACTION"), StatementClass::kBegin);
  EXPECT_EQ(ClassOf("COMMIT"), StatementClass::kCommit);
  EXPECT_EQ(ClassOf("ROLLBACK"), StatementClass::kRollback);
  EXPECT_EQ(ClassOf("ROLLBACK TO `s`"), StatementClass::kRollbackTo);
  EXPECT_EQ(Classify("ROLLBACK TO SAVEPOINT `a b`", kMySql, false).savepoint, "a b");
  EXPECT_EQ(Classify("SAVEPOINT `s`", kMySql, false).savepoint, "s");
  EXPECT_EQ(ClassOf("XA START X'61',X'',1"), StatementClass::kXaBegin);
  EXPECT_EQ(ClassOf("XA END X'61',X'',1"), StatementClass::kXaEnd);
  EXPECT_EQ(ClassOf("XA COMMIT X'61',X'',1"), StatementClass::kXaDecide);
  EXPECT_EQ(ClassOf("XA ROLLBACK X'61',X'',1"), StatementClass::kXaDecide);
}

TEST(Statement, Ddl) {
  for (const char* text :
       {"CREATE TABLE t (a int)", "/* c */ alter /* gh-ost */ table t add b int", "DROP TABLE IF EXISTS t",
        "RENAME TABLE a TO b", "TRUNCATE t", "TRUNCATE TABLE t", "CREATE UNIQUE INDEX i ON t (a)", "DROP INDEX i ON t",
        "CREATE DATABASE d", "ALTER SCHEMA d CHARACTER SET gbk", "-- x\nDROP TABLE t",
        "# POLARX_DDL_ID=1\nCREATE TABLE t (a int)", "DROP /*!40005 TEMPORARY */ TABLE IF EXISTS `t`",
        "/*!80016 CREATE */ TABLE t (a int)", "CREATE OR REPLACE TABLE t (a int)", "CREATE OR REPLACE SEQUENCE s",
        "DROP SEQUENCE s"}) {
    EXPECT_EQ(ClassOf(text), StatementClass::kTableDdl) << text;
  }
  for (const char* text :
       {"CREATE USER u IDENTIFIED BY 'x'", "GRANT ALL ON *.* TO u", "CREATE VIEW v AS SELECT 1", "FLUSH LOGS",
        "CREATE PROCEDURE p() BEGIN END", "ANALYZE TABLE t", "", "# Dum", "/*!99999 DROP TABLE t */"}) {
    EXPECT_EQ(ClassOf(text), StatementClass::kOther) << text;
  }
}

TEST(Statement, SettingsOfOneStatementGoBeforeIt) {
  const std::string_view text = "SET STATEMENT max_statement_time=10, sql_mode='FOR' FOR /* c */ TRUNCATE TABLE t";
  const StatementInfo info = Classify(text, kMariaDb, false);
  EXPECT_EQ(info.kind, StatementClass::kTableDdl);
  EXPECT_EQ(text.substr(info.begin), "TRUNCATE TABLE t");
  EXPECT_EQ(ClassOf("SET STATEMENT a=1 FOR UPDATE t SET b=1", kMariaDb), StatementClass::kChange);
  EXPECT_EQ(ClassOf("SET @a = 1"), StatementClass::kOther);
  EXPECT_EQ(ClassOf("SET STATEMENT a=1"), StatementClass::kOther);
}

TEST(Statement, ConditionalCommentsAreTheServersOwn) {
  EXPECT_EQ(ClassOf("/*M! DROP */ TABLE t", kMariaDb), StatementClass::kTableDdl);
  EXPECT_NE(ClassOf("/*M! DROP */ TABLE t"), StatementClass::kTableDdl);
  // MariaDB leaves out what is meant for MySQL 5.7 and later.
  EXPECT_NE(ClassOf("/*!80016 DROP */ TABLE t", kMariaDb), StatementClass::kTableDdl);
  EXPECT_EQ(ClassOf("/*!50500 DROP */ TABLE t", kMariaDb), StatementClass::kTableDdl);
  EXPECT_EQ(ClassOf("/*!100100 DROP */ TABLE t", kMariaDb), StatementClass::kTableDdl);
}

TEST(Statement, ChangesNameTheirTables) {
  EXPECT_EQ(Targets("INSERT INTO `a b`.t VALUES (1)"), "a b.t ");
  EXPECT_EQ(Targets("insert ignore t select * from u"), ".t ");
  EXPECT_EQ(Targets("REPLACE LOW_PRIORITY INTO t SET a=1"), ".t ");
  EXPECT_EQ(Targets("UPDATE d.t, u SET d.t.a=1"), "d.t .u ");
  EXPECT_EQ(Targets("DELETE FROM t WHERE a IN (SELECT a FROM u)"), ".FROM .t ");
  EXPECT_EQ(Targets("LOAD DATA INFILE 'x' INTO TABLE `t`"), ".t ");
  EXPECT_EQ(ClassOf("CALL p()"), StatementClass::kChange);
  EXPECT_EQ(Targets("CALL p()"), "");
  EXPECT_EQ(Targets("WITH x AS (SELECT 1) DELETE FROM t"), "");
}

}  // namespace
}  // namespace cdc::binlog
