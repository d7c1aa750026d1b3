#include "runtime/formats/debezium_json.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <nlohmann/json.hpp>

#include "runtime/formats/debezium_schema.h"
#include "runtime/formats/debezium_values.h"
#include "stdlib/core/temporal.h"

namespace cdc::formats {
namespace {

using nlohmann::json;

catalog::Settings With(std::initializer_list<std::pair<const char*, const char*>> words) {
  catalog::Settings settings;
  for (const auto& [name, word] : words) settings.Set(name, {catalog::SettingKind::kWord, word, 0, "", {}});
  return settings;
}

Column MakeColumn(TypeKind kind, bool nullable = true, uint8_t scale = 0) {
  Column column;
  column.name = "c";
  column.type.kind = kind;
  column.type.nullable = nullable;
  column.type.scale = scale;
  return column;
}

// The JSON of one value, or "error: …".
std::string Encode(const Column& column, const Value& value, const catalog::Settings& settings = {},
                   bool compact = true) {
  const auto field = DebeziumFieldOf(column, ReadDebeziumOptions(settings, "cdc"));
  if (!field) return "no rule";
  DebeziumValues values;
  OutBuffer out;
  if (!values.Append(*field, value, compact, &out)) return "error: " + values.problem();
  return std::string(out.view());
}

TEST(DebeziumJson, ZeroDatesAreNullOrTheEpoch) {
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kDate), Value::Date(0)), "null");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kDate, false), Value::Date(0)), "0");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kDatetime, false, 6), Value::Datetime(0)), "0");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kTimestamp), Value::Timestamp(kZeroTimestamp)), "null");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kTimestamp, false, 3), Value::Timestamp(kZeroTimestamp)),
            "\"1970-01-01T00:00:00Z\"");
  const int64_t partly = PackDatetime({2024, 2, 0, 0, 0, 0, 0});
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kDate), Value::Date(partly)), "null");
}

TEST(DebeziumJson, TimesOutsideADayNeedAModeThatHoldsThem) {
  const Value negative = Value::Time(-1500000);
  const Value long_time = Value::Time(int64_t{838} * 3600 * 1000000);
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kTime), negative), "-1500000");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kTime), long_time), "3016800000000");
  for (const char* mode : {"connect", "isostring"}) {
    const std::string text = Encode(MakeColumn(TypeKind::kTime), negative, With({{"time", mode}}));
    EXPECT_NE(text.find("`time = adaptive`"), std::string::npos) << text;
  }
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kTime), Value::Time(3661000000), With({{"time", "connect"}})), "3661000");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kTime), Value::Time(3661500000), With({{"time", "isostring"}})),
            "\"01:01:01.5Z\"");
  const Value old = Value::Datetime(PackDatetime({1000, 1, 1, 0, 0, 0, 0}));
  EXPECT_NE(Encode(MakeColumn(TypeKind::kDatetime), old, With({{"time", "nanoseconds"}})).find("error"),
            std::string::npos);
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kDatetime, true, 3),
                   Value::Datetime(PackDatetime({1969, 12, 31, 23, 59, 59, 999000}))),
            "-1");
}

TEST(DebeziumJson, JsonIsCompactInTheStreamOnly) {
  const std::string text = R"({"a b": [1, -2.5e-7, 1e20, "x: \", y", {}], "c": null})";
  EXPECT_EQ(json::parse(Encode(MakeColumn(TypeKind::kJson), Value::Json(text))).get<std::string>(),
            R"({"a b":[1,-0.00000025,100000000000000000000,"x: \", y",{}],"c":null})");
  EXPECT_EQ(json::parse(Encode(MakeColumn(TypeKind::kJson), Value::Json(text), {}, false)).get<std::string>(), text);
}

TEST(DebeziumJson, YearsBitsAndBooleans) {
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kYear), Value::Uint(0)), "2000");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kYear), Value::Uint(1901)), "1901");
  Column bit = MakeColumn(TypeKind::kBit);
  bit.type.length = 1;
  EXPECT_EQ(Encode(bit, Value::Uint(1)), "true");
  bit.type.length = 64;
  EXPECT_EQ(Encode(bit, Value::Uint(1)), "\"AQAAAAAAAAA=\"");
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kBool), Value::Bool(false)), "false");
}

TEST(DebeziumJson, VectorsAndGeometries) {
  std::string floats(8, '\0');
  const uint32_t words[] = {std::bit_cast<uint32_t>(1.0F), std::bit_cast<uint32_t>(-2.5F)};
  for (size_t i = 0; i < 8; ++i) floats[i] = static_cast<char>(words[i / 4] >> (8 * (i % 4)));
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kVector), Value::Bytes(floats)), "[1.0,-2.5]");
  Column geometry = MakeColumn(TypeKind::kGeometry);
  geometry.type.geometry = "linestring";
  const std::string line("\xe6\x10\0\0\1\2\0\0\0\0\0\0\0", 13);
  EXPECT_EQ(Encode(geometry, Value::Bytes(line)), R"({"wkb":"AQIAAAAAAAAA","srid":4326})");
  EXPECT_EQ(Encode(geometry, Value::Bytes(line), With({{"compatible_with", "3.7"}})),
            R"({"wkb":"AQIAAAAAAAAA","srid":4326,"extensions":null})");
  geometry.type.geometry = "point";
  EXPECT_NE(Encode(geometry, Value::Bytes(line)).find("error"), std::string::npos);
}

// A VECTOR and a point can be given as bytes, so they can hold what no SQL number can.
TEST(DebeziumJson, WhatIsNoNumberIsATextAsJacksonWritesIt) {
  const auto bytes = [](auto number) { return std::string(reinterpret_cast<const char*>(&number), sizeof number); };
  const float no_float = std::numeric_limits<float>::quiet_NaN(), large = std::numeric_limits<float>::infinity();
  const std::string vector = bytes(1.5F) + bytes(no_float) + bytes(large) + bytes(-large);
  EXPECT_EQ(Encode(MakeColumn(TypeKind::kVector), Value::Bytes(vector)), R"([1.5,"NaN","Infinity","-Infinity"])");
  Column point = MakeColumn(TypeKind::kGeometry);
  point.type.geometry = "point";
  const std::string wkb = std::string("\0\0\0\0\1\1\0\0\0", 9) + bytes(std::numeric_limits<double>::quiet_NaN()) +
                          bytes(-std::numeric_limits<double>::infinity());
  EXPECT_EQ(Encode(point, Value::Bytes(wkb)).substr(0, 27), R"({"x":"NaN","y":"-Infinity",)");
}

TEST(DebeziumJson, AnAbsentColumnFailsTheRow) {
  EXPECT_NE(Encode(MakeColumn(TypeKind::kInt), Value::Absent()).find("binlog_row_image"), std::string::npos);
}

std::string Default(TypeKind kind, const char* sql, bool nullable = false, uint8_t scale = 0) {
  Column column = MakeColumn(kind, nullable, scale);
  column.default_text = sql;
  column.type.labels = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"a", "b", "it's"});
  const auto field = DebeziumFieldOf(column, ReadDebeziumOptions({}, "cdc"));
  return DefaultJson(column, *field);
}

TEST(DebeziumJson, DefaultsOfColumns) {
  EXPECT_EQ(Default(TypeKind::kInt, "'0'"), "0");
  EXPECT_EQ(Default(TypeKind::kInt, "-5"), "-5");
  EXPECT_EQ(Default(TypeKind::kInt, "NULL", true), "");
  EXPECT_EQ(Default(TypeKind::kVarchar, "'it''s \\\\ ok'"), R"("it's \\ ok")");
  EXPECT_EQ(Default(TypeKind::kDecimal, "'12.3'", false, 2), "\"BM4=\"");
  EXPECT_EQ(Default(TypeKind::kDouble, "'2'"), "2.0");
  EXPECT_EQ(Default(TypeKind::kEnum, "'it''s'"), "\"it's\"");
  EXPECT_EQ(Default(TypeKind::kSet, "'a,it''s'"), "\"a,it's\"");
  EXPECT_EQ(Default(TypeKind::kDate, "'2024-02-29'"), "19782");
  EXPECT_EQ(Default(TypeKind::kTimestamp, "CURRENT_TIMESTAMP(3)", false, 3), "\"1970-01-01T00:00:00Z\"");
  EXPECT_EQ(Default(TypeKind::kTimestamp, "CURRENT_TIMESTAMP", true), "");
  EXPECT_EQ(Default(TypeKind::kVarchar, "(uuid())"), "");
}

TEST(DebeziumJson, SchemaNamesFollowTheNamesAfterAs) {
  OutputShape shape;
  shape.database = "shop";
  shape.table = "orders";
  shape.source_database = "shop_07";
  shape.source_table = "orders_202601";
  shape.columns = {MakeColumn(TypeKind::kInt, false)};
  shape.key = {0};
  catalog::Settings settings = With({{"name", "east"}});
  const auto format = std::move(MakeDebeziumJson(settings, "db")).value();
  auto encoder = std::move(format->Bind(shape)).value();
  const Group group{.gtid = "", .txid = "f:4", .file = "f", .offset = 4};
  RowChange change;
  const Value value = Value::Int(1);
  OutputRow row;
  row.after = &value;
  row.group = &group;
  row.change = &change;
  OutBuffer key, record;
  ASSERT_TRUE(encoder->EncodeKey(row, &key).ok());
  ASSERT_TRUE(encoder->EncodeValue(row, &record).ok());
  EXPECT_EQ(json::parse(key.view())["schema"]["name"], "east.shop.orders.Key");
  const json envelope = json::parse(record.view());
  EXPECT_EQ(envelope["schema"]["name"], "east.shop.orders.Envelope");
  EXPECT_EQ(envelope["payload"]["source"]["name"], "east");
  EXPECT_EQ(envelope["payload"]["source"]["db"], "shop_07");
  EXPECT_EQ(envelope["payload"]["source"]["table"], "orders_202601");
  EXPECT_TRUE(envelope["payload"]["source"]["gtid"].is_null());
}

TEST(DebeziumJson, TransactionBlockCountsWithinTableAndTransaction) {
  OutputShape shape;
  shape.columns = {MakeColumn(TypeKind::kInt)};
  catalog::Settings settings;
  settings.Set("schema", {catalog::SettingKind::kBool, "", 0, "", {}});
  settings.Set("transaction", {catalog::SettingKind::kBool, "", 1, "", {}});
  const auto format = std::move(MakeDebeziumJson(settings, "db")).value();
  auto encoder = std::move(format->Bind(shape)).value();
  std::vector<std::string> blocks;
  for (const auto& [txid, ordinal, in_table] :
       {std::tuple("t:1", 0, 0), std::tuple("t:1", 4, 1), std::tuple("t:2", 1, 0)}) {
    const Group group{.gtid = txid, .txid = txid, .file = "f"};
    RowChange change;
    change.ordinal = static_cast<uint64_t>(ordinal);
    change.table_ordinal = static_cast<uint64_t>(in_table);
    const Value value = Value::Null();
    OutputRow row;
    row.after = &value;
    row.group = &group;
    row.change = &change;
    OutBuffer record;
    ASSERT_TRUE(encoder->EncodeValue(row, &record).ok());
    blocks.push_back(json::parse(record.view())["transaction"].dump());
  }
  EXPECT_EQ(blocks, (std::vector<std::string>{R"({"data_collection_order":1,"id":"t:1","total_order":1})",
                                              R"({"data_collection_order":2,"id":"t:1","total_order":5})",
                                              R"({"data_collection_order":1,"id":"t:2","total_order":2})"}));
}

}  // namespace
}  // namespace cdc::formats
