// Values of a table as values of the wider columns that it has with others.

#include "runtime/bind/widening.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stdlib/core/merged_schema.h"
#include "stdlib/core/value_text.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::bind {
namespace {

using ::testing::ElementsAre;

Schema Table(const std::string& columns) {
  ddl::Dialect dialect;
  dialect.default_database = "shop";
  Result<Schema> schema = ddl::ParseCreateTable("CREATE TABLE t (" + columns + ")", dialect);
  EXPECT_TRUE(schema.ok()) << (schema.ok() ? "" : schema.error().message());
  return schema.ok() ? *schema : Schema{};
}

// A value of `own` in the column that it becomes beside `other`, as text.
std::string Widened(const std::string& own, const Value& value, const std::string& other) {
  const Schema one = Table("c " + own), two = Table("c " + other);
  const Column merged = MergeSchemas({&two, &one}).schema.columns[0];
  const std::optional<Widening> widening = Widening::Make(one.columns, {merged});
  Value out = value;
  Arena scratch;
  if (widening) {
    const Status done = widening->Apply(&value, &scratch, &out);
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().message());
  }
  return std::string(TextOf(merged.type, out, &scratch));
}

TEST(Widening, ConvertsNumbers) {
  EXPECT_EQ(Widened("int", Value::Int(-7), "bigint"), "-7");
  EXPECT_EQ(Widened("int unsigned", Value::Uint(4294967295), "int"), "4294967295");
  EXPECT_EQ(Widened("bigint unsigned", Value::Uint(UINT64_MAX), "int"), "18446744073709551615");
  EXPECT_EQ(Widened("int", Value::Int(-5), "bigint unsigned"), "-5");
  EXPECT_EQ(Widened("int", Value::Int(12), "decimal(5,2)"), "12.00");
  EXPECT_EQ(Widened("decimal(5,2)", Value::Decimal("-12.30"), "decimal(8,4)"), "-12.3000");
  EXPECT_EQ(Widened("decimal(5,2)", Value::Decimal("12.30"), "decimal(40,2)"), "12.30");
  EXPECT_EQ(Widened("int", Value::Int(3), "double"), "3");
  EXPECT_EQ(Widened("float", Value::Float(0.5F), "double"), "0.5");
  EXPECT_EQ(Widened("bit(3)", Value::Uint(5), "bit(9)"), "5");
}

TEST(Widening, ConvertsTextsAndLabels) {
  EXPECT_EQ(Widened("char(2)", Value::Text("ab"), "mediumtext"), "ab");
  EXPECT_EQ(Widened("binary(2)", Value::Bytes("ab"), "varbinary(9)"), "ab");
  EXPECT_EQ(Widened("enum('a','b')", Value::Uint(1), "enum('b','a')"), "a");
  EXPECT_EQ(Widened("enum('a','b')", Value::Uint(0), "enum('b','a')"), "");
  EXPECT_EQ(Widened("enum('a','b')", Value::Uint(2), "enum('a','b','c')"), "b");
  EXPECT_EQ(Widened("set('a','b','c')", Value::Uint(5), "set('c','x','a')"), "c,a");
  EXPECT_EQ(Widened("enum('paid','new')", Value::Uint(2), "varchar(2)"), "new");
  EXPECT_EQ(Widened("set('a','bc')", Value::Uint(3), "varchar(2)"), "a,bc");
}

TEST(Widening, ConvertsTimes) {
  EXPECT_EQ(Widened("time(1)", Value::Time(1500000), "time(3)"), "00:00:01.500");
  EXPECT_EQ(Widened("timestamp null", Value::Timestamp(0), "timestamp(3) null"), "1970-01-01 00:00:00.000");
  EXPECT_EQ(Widened("timestamp null", Value::Timestamp(kZeroTimestamp), "timestamp(3) null"),
            "0000-00-00 00:00:00.000");
  EXPECT_EQ(Widened("date", Value::Date(0), "datetime(3)"), "0000-00-00 00:00:00.000");
}

TEST(Widening, PutsColumnsInTheirPlaces) {
  const Schema own = Table("b int, a varchar(3)"), all = Table("a varchar(3), extra int, b bigint");
  const std::optional<Widening> widening = Widening::Make(own.columns, all.columns);
  ASSERT_TRUE(widening);
  EXPECT_THAT(widening->sources(), ElementsAre(1, -1, 0));
  const Value row[] = {Value::Int(4), Value::Absent()};
  Value out[3];
  Arena scratch;
  ASSERT_TRUE(widening->Apply(row, &scratch, out).ok());
  EXPECT_TRUE(out[0].is_absent());
  EXPECT_EQ(out[1].kind(), ValueKind::kNull);
  EXPECT_EQ(out[2].integer(), 4);
}

TEST(Widening, IsNothingWhereRowsAreThatAlready) {
  const Schema own = Table("id int not null, a varchar(3), e enum('a')");
  const Schema all = Table("id bigint, a varchar(9) character set latin1, e enum('a','b')");
  EXPECT_FALSE(Widening::Make(own.columns, all.columns));
  EXPECT_TRUE(Widening::Make(own.columns, Table("id bigint, a varchar(9), e enum('b','a')").columns));
  EXPECT_TRUE(Widening::Make(own.columns, Table("a varchar(9), id bigint, e enum('a')").columns));
}

}  // namespace
}  // namespace cdc::bind
