// Types and tables that become one, written as the server writes them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stdlib/core/merged_schema.h"
#include "stdlib/core/widen.h"
#include "tests/unit/stdlib/ddl/dialects.h"

namespace cdc::ddl {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Schema Table(const std::string& name, const std::string& columns) {
  Result<Schema> schema = ParseCreateTable("CREATE TABLE " + name + " (" + columns + ")", MySql());
  EXPECT_TRUE(schema.ok()) << (schema.ok() ? "" : schema.error().message());
  return schema.ok() ? *schema : Schema{};
}

Type TypeOf(const std::string& text) { return Table("shop.t", "c " + text).columns[0].type; }

std::string Widened(const std::string& a, const std::string& b) {
  const std::optional<Type> type = WidenedType(TypeOf(a), TypeOf(b));
  return type ? ColumnTypeText(*type) : "none";
}

struct Widening {
  const char* a;
  const char* b;
  const char* both;
};

TEST(Widen, HoldsTheValuesOfBoth) {
  for (const Widening& one : std::vector<Widening>{
           {"int", "int", "int"},
           {"int", "bigint", "bigint"},
           {"tinyint(1)", "tinyint(4)", "tinyint"},
           {"smallint unsigned", "int unsigned", "int unsigned"},
           {"int unsigned", "int", "bigint"},
           {"tinyint unsigned", "smallint", "smallint"},
           {"mediumint unsigned", "tinyint", "int"},
           {"bigint unsigned", "tinyint", "decimal(20,0)"},
           {"bigint unsigned", "bigint unsigned not null", "bigint unsigned"},
           {"decimal(10,2)", "decimal(8,4)", "decimal(12,4)"},
           {"decimal(5,2) unsigned", "decimal(6,2) unsigned", "decimal(6,2) unsigned"},
           {"decimal(5,2)", "bigint", "decimal(21,2)"},
           {"decimal(5,2)", "int", "decimal(12,2)"},
           {"mediumint unsigned", "decimal(5,2)", "decimal(10,2)"},
           {"decimal(65,0)", "decimal(40,30)", "none"},
           {"float", "double", "double"},
           {"int", "float", "double"},
           {"bigint", "double", "none"},
           {"decimal(5,2)", "double", "none"},
           {"char(2)", "char(8)", "char(8)"},
           {"char(8)", "varchar(2)", "varchar(8)"},
           {"varchar(64)", "tinytext", "text"},
           {"varchar(63)", "tinytext", "tinytext"},
           {"text", "mediumtext", "mediumtext"},
           {"varchar(20000)", "text", "mediumtext"},
           {"binary(4)", "binary(8)", "varbinary(8)"},
           {"varbinary(300)", "tinyblob", "blob"},
           {"blob", "longblob", "longblob"},
           {"text", "blob", "none"},
           {"date", "datetime(3)", "datetime(3)"},
           {"datetime", "datetime(6)", "datetime(6)"},
           {"time(1)", "time(3)", "time(3)"},
           {"timestamp null", "timestamp(6) null", "timestamp(6)"},
           {"datetime", "timestamp null", "none"},
           {"date", "time", "none"},
           {"year", "int", "none"},
           {"bit(3)", "bit(9)", "bit(9)"},
           {"json", "json", "json"},
           {"json", "text", "none"},
           {"enum('a','b')", "enum('c','a')", "enum('a','b','c')"},
           {"set('a','b')", "set('b','c')", "set('a','b','c')"},
           {"enum('a')", "set('a')", "none"},
           {"enum('paid','new')", "varchar(3)", "varchar(4)"},
           {"char(2)", "enum('paid')", "varchar(4)"},
           {"set('a','bc')", "varchar(3)", "varchar(4)"},
           {"point", "linestring", "geometry"},
           {"point", "point", "point"},
           {"int", "varchar(10)", "none"},
       }) {
    EXPECT_EQ(Widened(one.a, one.b), one.both) << one.a << " and " << one.b;
    const std::string turned = Widened(one.b, one.a);
    // Labels stand in the order of the first.
    if (std::string(one.both).find("('") == std::string::npos) EXPECT_EQ(turned, one.both) << one.b;
  }
}

TEST(Widen, IsNullableAndSensitiveIfOneIs) {
  EXPECT_EQ(Widened("int not null", "bigint not null"), "bigint not null");
  EXPECT_EQ(Widened("int not null", "bigint"), "bigint");
  Type hidden = TypeOf("varchar(3)");
  hidden.sensitive = true;
  EXPECT_TRUE(WidenedType(TypeOf("varchar(5)"), hidden)->sensitive);
}

TEST(Widen, KeepsTheCollationThatBothHave) {
  const Type a = TypeOf("varchar(3) character set latin1 collate latin1_bin");
  const Type b = TypeOf("varchar(5) character set latin1 collate latin1_bin");
  EXPECT_EQ(WidenedType(a, b)->collation, "latin1_bin");
  const Type other = TypeOf("varchar(5) character set utf8mb3");
  EXPECT_EQ(WidenedType(a, other)->charset, "utf8mb4");
  EXPECT_EQ(WidenedType(a, other)->collation, "");
}

std::vector<std::string> ColumnsOf(const Schema& table) {
  std::vector<std::string> columns;
  for (const Column& column : table.columns) columns.push_back(column.name + " " + ColumnTypeText(column.type));
  return columns;
}

TEST(MergeSchemas, HasTheColumnsOfAllInOrderOfAppearance) {
  const Schema one = Table("s0.t", "id int not null, note varchar(5) not null default 'x', primary key (id)");
  const Schema two =
      Table("s1.t", "id bigint not null, extra int not null, NOTE varchar(9) not null, primary key (ID)");
  const Schema three = Table("s2.t", "extra int not null, id int not null, primary key (id)");
  const MergedSchema merged = MergeSchemas({&one, &two, &three});
  EXPECT_THAT(ColumnsOf(merged.schema), ElementsAre("id bigint not null", "note varchar(9)", "extra int"));
  EXPECT_FALSE(merged.schema.columns[1].default_text.has_value());
  EXPECT_THAT(merged.columns, IsEmpty());
  EXPECT_FALSE(merged.key.has_value());
  EXPECT_THAT(merged.schema.PrimaryKey(), ElementsAre(0));
}

TEST(MergeSchemas, OfEqualTablesIsOneOfThem) {
  const std::string columns = "id int not null, a int not null default 5 comment 'x', primary key (id), key (a)";
  const Schema one = Table("s0.t", columns), two = Table("s1.t", columns);
  const MergedSchema merged = MergeSchemas({&one, &two});
  EXPECT_TRUE(SameRecordColumns(merged.schema, one));
  EXPECT_EQ(merged.schema.columns[1].default_text, one.columns[1].default_text);
  EXPECT_EQ(merged.schema.columns[1].type_text, one.columns[1].type_text);
}

TEST(MergeSchemas, TellsWhatCannotBeOne) {
  const Schema one = Table("s0.t", "id int not null, a text, primary key (id)");
  const Schema two = Table("s1.t", "id int not null, a int, b int not null, primary key (id, b)");
  const MergedSchema merged = MergeSchemas({&one, &two});
  ASSERT_EQ(merged.columns.size(), 1U);
  EXPECT_EQ(merged.columns[0].column, 1U);
  EXPECT_EQ(merged.columns[0].second, &two);
  ASSERT_TRUE(merged.key.has_value());
  EXPECT_EQ(KeyDifference(*merged.key->first, *merged.key->second), "the primary key: (id) in s0.t, (id, b) in s1.t");
}

TEST(ColumnDifferences, ShowBothSides) {
  const Schema one = Table("s0.t", "id int not null, a text, gone int, primary key (id)");
  const Schema two = Table("s1.t", "id int, a text, added date not null, primary key (id)");
  EXPECT_THAT(ColumnDifferences(one, two),
              ElementsAre("`gone`: int in s0.t, none in s1.t", "`added`: none in s0.t, date not null in s1.t"));
  const Schema turned = Table("s2.t", "a text, id int not null, gone int");
  EXPECT_THAT(ColumnDifferences(one, turned), ElementsAre("the order: (id, a, gone) in s0.t, (a, id, gone) in s2.t"));
  EXPECT_THAT(ColumnDifferences(one, two, 1), ElementsAre("`gone`: int in s0.t, none in s1.t", "and 1 more"));
  // Comments, charsets and counters are nothing that a record shows.
  const Schema alike = Table(
      "s3.t", "id int not null auto_increment comment 'x', a text character set latin1, gone int, primary key (id)");
  EXPECT_TRUE(SameRecordColumns(one, alike));
}

}  // namespace
}  // namespace cdc::ddl
