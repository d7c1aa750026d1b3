#include <gtest/gtest.h>

#include "tests/unit/stdlib/ddl/dialects.h"

namespace cdc::ddl {
namespace {

Schema Table(const std::string& sql, const Dialect& dialect = MySql()) {
  Result<Schema> schema = ParseCreateTable(sql, dialect);
  EXPECT_TRUE(schema.ok()) << (schema.ok() ? "" : schema.error().message());
  return schema.ok() ? *schema : Schema{};
}

// One column of a table, by the text of its definition.
Column Only(const std::string& definition, const Dialect& dialect = MySql()) {
  Schema schema = Table("CREATE TABLE t (c " + definition + ")", dialect);
  EXPECT_EQ(schema.columns.size(), 1u) << definition;
  return schema.columns.empty() ? Column{} : schema.columns[0];
}

TEST(CreateTable, AsMySqlPrintsIt) {
  Schema schema = Table(R"(-- schema/db/shop/orders.sql, MySQL 9.7.4
CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `status` enum('draft','it''s, (ok)','a\\b') CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'draft',
  `d` decimal(65,30) DEFAULT '0.00',
  `z` int(5) unsigned zerofill DEFAULT NULL COMMENT 'a, b) /* c',
  `ts` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  `g` point NOT NULL /*!80003 SRID 4326 */,
  `v` varchar(10) GENERATED ALWAYS AS (concat(`d`,_utf8mb4'x')) STORED NOT NULL,
  `inv` int DEFAULT NULL /*!80023 INVISIBLE */,
  `e` varchar(36) DEFAULT (uuid()),
  `txt` text COLLATE utf8mb4_bin,
  `j` json DEFAULT NULL,
  PRIMARY KEY (`id`,`z`),
  UNIQUE KEY `u` (`status`,`d`),
  UNIQUE KEY `up` (`txt`(10)),
  KEY `k` (`z` DESC,`d`) USING BTREE COMMENT 'x, y' /*!80000 INVISIBLE */,
  KEY `fe` ((cast(`j` as char(10) array))),
  FULLTEXT KEY `ft` (`txt`) /*!50100 WITH PARSER `ngram` */ ,
  CONSTRAINT `fk` FOREIGN KEY (`z`) REFERENCES `o` (`id`) ON DELETE CASCADE ON UPDATE SET NULL,
  CONSTRAINT `c1` CHECK ((`z` > 0)) /*!80016 NOT ENFORCED */
) /*!50100 TABLESPACE `x` */ ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci COMMENT='CHARSET=latin1'
/*!50100 PARTITION BY RANGE (`id`)
(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,
 PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */;
)");
  EXPECT_EQ(schema.database, "shop");
  EXPECT_EQ(schema.table, "orders");
  EXPECT_EQ(schema.charset, "utf8mb4");
  EXPECT_EQ(schema.collation, "utf8mb4_0900_ai_ci");
  ASSERT_EQ(schema.columns.size(), 11u);
  EXPECT_EQ(schema.columns[0].type.kind, TypeKind::kBigInt);
  EXPECT_TRUE(schema.columns[0].type.is_unsigned);
  EXPECT_TRUE(schema.columns[0].auto_increment);
  const Type& status = schema.columns[1].type;
  EXPECT_EQ(*status.labels, (std::vector<std::string>{"draft", "it's, (ok)", "a\\b"}));
  EXPECT_EQ(schema.columns[1].type_text, "enum('draft','it''s, (ok)','a\\\\b')") << "as the server prints it";
  EXPECT_EQ(status.collation, "latin1_bin");
  EXPECT_FALSE(status.nullable);
  EXPECT_EQ(schema.columns[1].default_text, "'draft'");
  EXPECT_EQ(schema.columns[2].type.precision, 65);
  EXPECT_EQ(schema.columns[2].type.scale, 30);
  EXPECT_EQ(schema.columns[3].type_text, "int(5) unsigned zerofill");
  EXPECT_EQ(schema.columns[3].comment, "a, b) /* c");
  EXPECT_FALSE(schema.columns[3].type.nullable) << "the primary key is NOT NULL";
  EXPECT_EQ(schema.columns[4].type.scale, 3);
  EXPECT_EQ(schema.columns[4].default_text, "CURRENT_TIMESTAMP(3)");
  EXPECT_EQ(schema.columns[5].type.geometry, "point");
  EXPECT_FALSE(schema.columns[5].type.nullable);
  EXPECT_TRUE(schema.columns[6].generated);
  EXPECT_FALSE(schema.columns[6].type.nullable);
  EXPECT_TRUE(schema.columns[7].invisible);
  EXPECT_EQ(schema.columns[8].default_text, "(uuid())");
  EXPECT_EQ(schema.columns[9].type.collation, "utf8mb4_bin");
  EXPECT_EQ(schema.columns[10].type.kind, TypeKind::kJson);
  ASSERT_EQ(schema.indexes.size(), 6u);
  EXPECT_EQ(schema.indexes[0].columns, (std::vector<std::string>{"id", "z"}));
  EXPECT_TRUE(schema.indexes[1].unique);
  EXPECT_FALSE(schema.indexes[1].prefixed);
  EXPECT_TRUE(schema.indexes[2].prefixed);
  EXPECT_EQ(schema.indexes[3].columns, (std::vector<std::string>{"z", "d"}));
  EXPECT_TRUE(schema.indexes[4].prefixed);
  EXPECT_EQ(schema.indexes[5].name, "ft");
  EXPECT_EQ(schema.DefaultKey(), (std::vector<int>{0, 3}));
}

TEST(CreateTable, AsMariaDbPrintsIt) {
  Schema schema = Table(R"(CREATE TABLE `t` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `u` uuid NOT NULL DEFAULT uuid(),
  `ip` inet6 DEFAULT NULL,
  `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),
  `c` varchar(100) /*M!100301 COMPRESSED*/ DEFAULT NULL,
  `ts` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `seq` bigint(20) DEFAULT nextval(`db`.`s`),
  `x` int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL,
  `p` point DEFAULT NULL REF_SYSTEM_ID=4326,
  `rs` timestamp(6) GENERATED ALWAYS AS ROW START,
  `re` timestamp(6) GENERATED ALWAYS AS ROW END,
  `y` year(4) DEFAULT NULL,
  `f` tinyint(1) DEFAULT 0,
  PRIMARY KEY (`id`,`re`),
  UNIQUE KEY `w` (`id`,`per` WITHOUT OVERLAPS),
  PERIOD FOR SYSTEM_TIME (`rs`, `re`),
  PERIOD FOR `per` (`a`, `b`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci WITH SYSTEM VERSIONING)",
                        MariaDb());
  ASSERT_EQ(schema.columns.size(), 13u);
  EXPECT_EQ(schema.columns[0].type_text, "int(11)");
  EXPECT_EQ(schema.columns[1].type_text, "uuid");
  EXPECT_EQ(schema.columns[1].type.kind, TypeKind::kBinary);
  EXPECT_EQ(schema.columns[1].type.length, 16u);
  EXPECT_EQ(schema.columns[3].type.kind, TypeKind::kLongText);
  EXPECT_EQ(schema.columns[4].type.charset, "utf8mb3");
  EXPECT_EQ(schema.columns[5].default_text, "current_timestamp()");
  EXPECT_TRUE(schema.columns[7].generated);
  EXPECT_FALSE(schema.columns[10].type.nullable);
  EXPECT_EQ(schema.columns[11].type_text, "year(4)");
  EXPECT_EQ(schema.columns[12].type.length, 1u);
}

struct TypeCase {
  const char* written;
  TypeKind kind;
  const char* mysql;
  const char* mariadb;
};

class Types : public ::testing::TestWithParam<TypeCase> {};

TEST_P(Types, AsTheServerPrintsThem) {
  const TypeCase& one = GetParam();
  Column mysql = Only(one.written);
  EXPECT_EQ(mysql.type.kind, one.kind);
  EXPECT_EQ(mysql.type_text, one.mysql);
  EXPECT_EQ(Only(one.written, MariaDb()).type_text, one.mariadb);
  Dialect kept = MySql();
  kept.types_as_written = true;
  for (const char* printed : {one.mysql, one.mariadb}) EXPECT_EQ(Only(printed, kept).type_text, printed);
}

INSTANTIATE_TEST_SUITE_P(
    Synonyms, Types,
    ::testing::Values(
        TypeCase{"INTEGER", TypeKind::kInt, "int", "int(11)"},
        TypeCase{"int4 UNSIGNED", TypeKind::kInt, "int unsigned", "int(10) unsigned"},
        TypeCase{"INT8", TypeKind::kBigInt, "bigint", "bigint(20)"},
        TypeCase{"middleint(5)", TypeKind::kMediumInt, "mediumint", "mediumint(5)"},
        TypeCase{"BOOL", TypeKind::kTinyInt, "tinyint(1)", "tinyint(1)"},
        TypeCase{"boolean", TypeKind::kTinyInt, "tinyint(1)", "tinyint(1)"},
        TypeCase{"tinyint", TypeKind::kTinyInt, "tinyint", "tinyint(4)"},
        TypeCase{"bigint zerofill", TypeKind::kBigInt, "bigint(20) unsigned zerofill", "bigint(20) unsigned zerofill"},
        TypeCase{"DEC", TypeKind::kDecimal, "decimal(10,0)", "decimal(10,0)"},
        TypeCase{"NUMERIC(5)", TypeKind::kDecimal, "decimal(5,0)", "decimal(5,0)"},
        TypeCase{"FIXED(7,2) unsigned", TypeKind::kDecimal, "decimal(7,2) unsigned", "decimal(7,2) unsigned"},
        TypeCase{"REAL", TypeKind::kDouble, "double", "double"},
        TypeCase{"double precision", TypeKind::kDouble, "double", "double"},
        TypeCase{"float(30)", TypeKind::kDouble, "double", "double"},
        TypeCase{"float(7,3)", TypeKind::kFloat, "float(7,3)", "float(7,3)"},
        TypeCase{"bit", TypeKind::kBit, "bit(1)", "bit(1)"}, TypeCase{"year", TypeKind::kYear, "year", "year(4)"},
        TypeCase{"character varying(9)", TypeKind::kVarchar, "varchar(9)", "varchar(9)"},
        TypeCase{"char", TypeKind::kChar, "char(1)", "char(1)"},
        TypeCase{"national char(3)", TypeKind::kChar, "char(3)", "char(3)"},
        TypeCase{"nvarchar(3)", TypeKind::kVarchar, "varchar(3)", "varchar(3)"},
        TypeCase{"long varchar", TypeKind::kMediumText, "mediumtext", "mediumtext"},
        TypeCase{"LONG VARBINARY", TypeKind::kMediumBlob, "mediumblob", "mediumblob"},
        TypeCase{"long", TypeKind::kMediumText, "mediumtext", "mediumtext"},
        TypeCase{"text(50)", TypeKind::kTinyText, "tinytext", "tinytext"},
        TypeCase{"text(20000)", TypeKind::kMediumText, "mediumtext", "mediumtext"},
        TypeCase{"blob(70000)", TypeKind::kMediumBlob, "mediumblob", "mediumblob"},
        TypeCase{"char(4) character set binary", TypeKind::kBinary, "binary(4)", "binary(4)"},
        TypeCase{"char(4) byte", TypeKind::kBinary, "binary(4)", "binary(4)"},
        TypeCase{"datetime(6)", TypeKind::kDatetime, "datetime(6)", "datetime(6)"},
        TypeCase{"time", TypeKind::kTime, "time", "time"},
        TypeCase{"geometrycollection", TypeKind::kGeometry, "geomcollection", "geometrycollection"},
        TypeCase{"set ('a','b  ')", TypeKind::kSet, "set('a','b')", "set('a','b')"},
        TypeCase{"vector(3)", TypeKind::kVector, "vector(3)", "vector(3)"}));

TEST(CreateTable, CharsetsComeFromColumnTableOrServer) {
  EXPECT_EQ(Only("varchar(3)").type.collation, "utf8mb4_0900_ai_ci");
  EXPECT_EQ(Only("varchar(3)", MariaDb()).type.collation, "utf8mb4_general_ci");
  EXPECT_EQ(Only("varchar(3) collate latin1_bin").type.charset, "latin1");
  EXPECT_EQ(Only("varchar(3) charset utf8").type.charset, "utf8mb3");
  EXPECT_EQ(Only("varchar(3) character set gbk").type.collation, "gbk_chinese_ci");
  EXPECT_EQ(Only("char(3) binary").type.collation, "utf8mb4_bin");
  EXPECT_EQ(Only("char(3) ascii").type.charset, "latin1");
  EXPECT_EQ(Only("nchar(3)").type.charset, "utf8mb3");
  EXPECT_EQ(Only("int").type.charset, "");
  EXPECT_EQ(Only("json", MariaDb()).type.collation, "utf8mb4_bin");
  EXPECT_EQ(Only("json", MariaDb()).type.kind, TypeKind::kLongText);
  Schema table = Table("create table t (a text, b char(1) charset utf8mb4) collate = 'latin1_german1_ci'");
  EXPECT_EQ(table.charset, "latin1");
  EXPECT_EQ(table.columns[0].type.collation, "latin1_german1_ci");
  EXPECT_EQ(table.columns[1].type.collation, "utf8mb4_0900_ai_ci");
  Dialect dialect = MySql();
  dialect.default_charset = "latin1";
  EXPECT_EQ(Table("create table t (a text)", dialect).columns[0].type.collation, "latin1_swedish_ci");
}

TEST(CreateTable, AttributesInAnyOrder) {
  Column column = Only("int unsigned auto_increment comment 'x' 'y' not null unique key");
  EXPECT_FALSE(column.type.nullable);
  EXPECT_TRUE(column.auto_increment);
  EXPECT_EQ(column.comment, "xy");
  EXPECT_EQ(Only("int default -5 null").default_text, "-5");
  EXPECT_EQ(Only("bit(3) default b'101'").default_text, "b'101'");
  EXPECT_EQ(Only("int default null primary key").type.nullable, false);
  EXPECT_EQ(Only("int as (1 + (2)) virtual").generated, true);
  EXPECT_EQ(
      Only("int check (c > 0) constraint x check (c < 9) not enforced references o (id) on delete set null").type.kind,
      TypeKind::kInt);
  EXPECT_EQ(Only("int some_new_option = (a, b, 'c)') another").type.kind, TypeKind::kInt);
}

TEST(CreateTable, SerialIsAnUnsignedKey) {
  Schema schema = Table("create table t (id serial, `key` int)");
  EXPECT_EQ(schema.columns[0].type_text, "bigint unsigned");
  EXPECT_FALSE(schema.columns[0].type.nullable);
  ASSERT_EQ(schema.indexes.size(), 1u);
  EXPECT_EQ(schema.indexes[0].name, "id");
  EXPECT_EQ(schema.DefaultKey(), std::vector<int>{0});
}

TEST(CreateTable, IndexesGetTheServersNames) {
  Schema schema =
      Table("create table t (a int unique, b int, key (a), key (a, b), constraint c unique (b), index a_4 (a))");
  std::vector<std::string> names;
  for (const Index& index : schema.indexes) names.push_back(index.name);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "a_2", "a_3", "c", "a_4"}));
}

TEST(CreateTable, SqlModesDecideWhatQuotesAre) {
  Dialect dialect = MySql();
  dialect.ansi_quotes = true;
  EXPECT_EQ(Table("create table \"a\"\"b\" (\"c\" int default 'x')", dialect).table, "a\"b");
  EXPECT_EQ(Only("enum(\"a\", 'b')").type.labels->size(), 2u);
  dialect.no_backslash_escapes = true;
  EXPECT_EQ(Only("enum('a\\')", dialect).type.labels->at(0), "a\\");
}

TEST(CreateTable, VersionedCommentsFollowTheServer) {
  EXPECT_TRUE(Only("int /*!80023 INVISIBLE */").invisible);
  Dialect old = MySql();
  old.server_version = 80013;
  EXPECT_FALSE(Only("int /*!80023 INVISIBLE */", old).invisible);
  EXPECT_FALSE(Only("int /*!80023 INVISIBLE */", MariaDb()).invisible) << "MariaDB skips MySQL's own versions";
  EXPECT_TRUE(Only("int /*M!100303 INVISIBLE */", MariaDb()).invisible);
  EXPECT_FALSE(Only("int /*M!100303 INVISIBLE */").invisible);
  EXPECT_TRUE(Only("int /*! INVISIBLE */").invisible);
  EXPECT_FALSE(Only("int /* INVISIBLE */ # INVISIBLE\n -- INVISIBLE\n").invisible);
}

TEST(CreateTable, MistakesHavePlaces) {
  auto message = [](const std::string& sql) {
    Result<Schema> schema = ParseCreateTable(sql, MySql());
    EXPECT_FALSE(schema.ok()) << sql;
    if (schema.ok()) return std::string();
    EXPECT_EQ(schema.error().code(), ErrorCode::kConfig);
    return schema.error().message();
  };
  EXPECT_EQ(message("create table t (\n  a int,\n  b)"),
            "cannot read this DDL statement: line 3, column 4, `)` does not fit there");
  EXPECT_EQ(message("create table t (a blurb)"), "cannot read the type of column `a` at line 1, column 19: `blurb`");
  EXPECT_EQ(message("create table t (a enum(5))"),
            "cannot read the type of column `a` at line 1, column 19: `enum(5)`");
  EXPECT_EQ(message("create table t (a int default 'x)"), "a string is not closed at line 1, column 31");
  EXPECT_EQ(message("select 1"), "this is not a CREATE TABLE statement with columns");
  EXPECT_NE(message("create table t (a int default " + std::string(300, '(') + std::string(300, ')') + ")")
                .find("nests deeper"),
            std::string::npos);
}

}  // namespace
}  // namespace cdc::ddl
