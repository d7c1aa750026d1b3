#include "tests/golden/formats/types_table.h"

#include <gtest/gtest.h>

#include "runtime/sources/mysql/binlog/table_map.h"
#include "stdlib/core/temporal.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::testing {
namespace {

using namespace std::string_view_literals;

constexpr const char* kTypes =
    "CREATE TABLE types (id INT NOT NULL PRIMARY KEY, t TINYINT, s SMALLINT, su SMALLINT UNSIGNED, m MEDIUMINT, i INT, "
    "truth BOOL, one BIT(1), wide BIT(64), d DECIMAL(65,30), du DECIMAL(10,2) UNSIGNED, f53 FLOAT(53), f5 FLOAT(5,2), "
    "tt TINYTEXT, mt MEDIUMTEXT, lt LONGTEXT, tb TINYBLOB, mb MEDIUMBLOB, lb LONGBLOB, ti TIME(6), ti0 TIME, y YEAR, "
    "da DATE, dan DATE NOT NULL, dt DATETIME(6), dtn DATETIME NOT NULL, ts TIMESTAMP(3) NULL, tsn TIMESTAMP NOT NULL)";
constexpr const char* kVector = "CREATE TABLE vector (id INT NOT NULL PRIMARY KEY, v VECTOR(2))";
constexpr const char* kMariaDb =
    "CREATE TABLE mariadb_types (id INT NOT NULL PRIMARY KEY, u UUID, a INET6, j LONGTEXT CHECK (json_valid(j)))";

constexpr int64_t kTimeMax = int64_t{838 * 3600 + 59 * 60 + 59} * 1'000'000;

Schema SchemaOfTable(const std::string& table) {
  ddl::Dialect dialect;
  dialect.mariadb = table == "mariadb_types";
  if (dialect.mariadb) dialect.server_version = 101119;
  auto schema = ddl::ParseCreateTable(dialect.mariadb ? kMariaDb : table == "vector" ? kVector : kTypes, dialect);
  EXPECT_TRUE(schema.ok()) << (schema.ok() ? "" : schema.error().message());
  if (!schema.ok()) return {};
  binlog::NormaliseTypes(&*schema);
  return std::move(schema).value();
}

std::vector<Value> Lowest() {
  const int64_t day = PackDatetime({1000, 1, 1, 0, 0, 0, 0});
  return {Value::Int(1),
          Value::Int(-128),
          Value::Int(-32768),
          Value::Uint(0),
          Value::Int(-8388608),
          Value::Int(INT32_MIN),
          Value::Int(0),
          Value::Uint(0),
          Value::Uint(0),
          Value::Decimal("-99999999999999999999999999999999999.999999999999999999999999999999"),
          Value::Decimal("0.00"),
          Value::Double(-1.7976931348623157e308),
          Value::Float(-999.99F),
          Value::Text(""),
          Value::Text("\t\"\\\x01\x7f"),
          Value::Text("\xe2\x80\xa8\xf0\x9f\x98\x80"),
          Value::Bytes(""),
          Value::Bytes("\0"sv),
          Value::Bytes("\x7f\x80\xff"),
          Value::Time(-kTimeMax),
          Value::Time(-1'000'000),
          Value::Uint(1901),
          Value::Date(day),
          Value::Date(day),
          Value::Datetime(PackDatetime({1969, 12, 31, 23, 59, 59, 999999})),
          Value::Datetime(day),
          Value::Timestamp(1'000'000),
          Value::Timestamp(1'000'000)};
}

std::vector<Value> Highest() {
  return {Value::Int(1),
          Value::Int(127),
          Value::Int(32767),
          Value::Uint(65535),
          Value::Int(8388607),
          Value::Int(INT32_MAX),
          Value::Int(1),
          Value::Uint(1),
          Value::Uint(UINT64_MAX),
          Value::Decimal("0.000000000000000000000000000001"),
          Value::Decimal("99999999.99"),
          Value::Double(2.2250738585072014e-308),
          Value::Float(999.99F),
          Value::Text("tiny"),
          Value::Text("medium"),
          Value::Text("long"),
          Value::Bytes("\x01"),
          Value::Bytes("\x01\x02"),
          Value::Bytes("\x01\x02\x03"),
          Value::Time(-100'000),
          Value::Time(kTimeMax),
          Value::Uint(0),
          Value::Date(0),
          Value::Date(0),
          Value::Datetime(0),
          Value::Datetime(0),
          Value::Timestamp(kZeroTimestamp),
          Value::Timestamp(kZeroTimestamp)};
}

}  // namespace

formats::OutputShape TypesShape(const std::string& table) {
  formats::OutputShape shape;
  shape.database = shape.source_database = "shop";
  shape.table = shape.source_table = table;
  shape.pipe = "orders";
  shape.source_name = "cdc";
  shape.columns = SchemaOfTable(table).columns;
  shape.key = {0};
  shape.primary_key = {"id"};
  return shape;
}

std::vector<Value> TypesRow(const std::string& table, int number) {
  if (table == "types") return number == 1 ? Lowest() : Highest();
  if (table == "vector") {
    return {Value::Int(1), number == 1 ? Value::Bytes("\0\0\xc0\x3f\x08\xe5\x3c\x9e"sv) : Value::Null()};
  }
  return {Value::Int(1), number == 1 ? Value::Text("00000000-0000-0000-0000-000000000000") : Value::Null(),
          Value::Text(number == 1 ? "::" : "2001:db8::ff00:42:8329"), Value::Text(R"({"k": 1.50})")};
}

}  // namespace cdc::testing
