#include "runtime/formats/canal_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "stdlib/core/temporal.h"
#include "tests/golden/formats/orders_table.h"

namespace cdc::formats {
namespace {

using nlohmann::json;

Column MakeColumn(std::string name, TypeKind kind, bool is_unsigned = false) {
  Column column;
  column.name = std::move(name);
  column.type.kind = kind;
  column.type.is_unsigned = is_unsigned;
  return column;
}

struct Harness {
  explicit Harness(std::vector<Column> columns, const catalog::Settings& settings = {}) {
    shape.database = shape.source_database = "shop";
    shape.table = shape.source_table = "t";
    shape.columns = std::move(columns);
    format = std::move(MakeCanalJson(settings)).value();
    encoder = std::move(format->Bind(shape)).value();
    group = testing::OrdersGroup();
    change.event_time_s = group.event_time_s;
  }

  json Encode(Op op, const std::vector<Value>* before, const std::vector<Value>* after) {
    OutputRow row;
    row.op = change.op = op;
    row.before = before == nullptr ? nullptr : before->data();
    row.after = after == nullptr ? nullptr : after->data();
    row.group = &group;
    row.change = &change;
    OutBuffer out;
    const Status status = encoder->EncodeValue(row, &out);
    EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().message());
    return json::parse(out.view());
  }

  OutputShape shape;
  std::unique_ptr<Format> format;
  std::unique_ptr<Encoder> encoder;
  Group group;
  RowChange change;
};

TEST(CanalJson, SqlTypeWidensWithTheValueOfEachRow) {
  Harness harness({MakeColumn("a", TypeKind::kTinyInt, true), MakeColumn("b", TypeKind::kInt, true),
                   MakeColumn("c", TypeKind::kBigInt, true)});
  const std::vector<Value> small{Value::Uint(127), Value::Uint(0x7fffffff), Value::Uint(INT64_MAX)};
  const std::vector<Value> large{Value::Uint(128), Value::Uint(0x80000000), Value::Uint(uint64_t{1} << 63)};
  const json narrow = {{"a", -6}, {"b", 4}, {"c", -5}};
  const json wide = {{"a", 5}, {"b", -5}, {"c", 3}};
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &small)["sqlType"], narrow);
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &large)["sqlType"], wide);
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &small)["sqlType"], narrow);
  // The old image does not widen the types of the new one.
  EXPECT_EQ(harness.Encode(Op::kUpdate, &large, &small)["sqlType"], narrow);
}

TEST(CanalJson, OldHasChangedColumnsOnly) {
  Harness harness({MakeColumn("a", TypeKind::kInt), MakeColumn("b", TypeKind::kVarchar)});
  const std::vector<Value> before{Value::Int(1), Value::Null()};
  const std::vector<Value> after{Value::Int(1), Value::Text("x")};
  EXPECT_EQ(harness.Encode(Op::kUpdate, &before, &after)["old"].dump(), R"([{"b":null}])");
  EXPECT_EQ(harness.Encode(Op::kUpdate, &after, &after)["old"].dump(), "[{}]");
  EXPECT_EQ(harness.Encode(Op::kUpdate, nullptr, &after)["old"].dump(), "[{}]");
  EXPECT_TRUE(harness.Encode(Op::kDelete, &before, nullptr)["old"].is_null());
}

TEST(CanalJson, AbsentColumnsAreLeftOut) {
  Harness harness({MakeColumn("a", TypeKind::kInt), MakeColumn("b", TypeKind::kInt), MakeColumn("c", TypeKind::kInt)});
  const std::vector<Value> row{Value::Absent(), Value::Int(2), Value::Null()};
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &row)["data"].dump(), R"([{"b":"2","c":null}])");
}

TEST(CanalJson, TemporalEdges) {
  Column time = MakeColumn("t", TypeKind::kTime);
  time.type.scale = 1;
  Harness harness({MakeColumn("d", TypeKind::kDate), time, MakeColumn("ts", TypeKind::kTimestamp),
                   MakeColumn("y", TypeKind::kYear)});
  const std::vector<Value> row{Value::Date(0), Value::Time(-3020399500000), Value::Timestamp(kZeroTimestamp),
                               Value::Uint(0)};
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &row)["data"].dump(),
            R"([{"d":"0000-00-00","t":"-838:59:59.5","ts":"0000-00-00 00:00:00","y":"0000"}])");
}

TEST(CanalJson, NamesAndLongTextsAreEscaped) {
  Harness harness({MakeColumn("a\"b\n", TypeKind::kLongText)});
  const std::string text = std::string(5000, 'x') + "\"\\\n" + std::string(9000, 'y');
  const std::vector<Value> row{Value::Text(text)};
  const json record = harness.Encode(Op::kInsert, nullptr, &row);
  EXPECT_EQ(record["data"][0]["a\"b\n"], text);
  EXPECT_EQ(record["mysqlType"].begin().key(), "a\"b\n");
}

TEST(CanalJson, KeysAndPkNamesFollowTheKeyClause) {
  const auto format = std::move(MakeCanalJson({})).value();
  OutputShape shape;
  shape.columns = {MakeColumn("id", TypeKind::kInt), MakeColumn("shard", TypeKind::kChar)};
  shape.key = {0};
  shape.primary_key = {"id"};
  EXPECT_FALSE(format->Bind(shape).value()->WritesKeys());
  shape.key = {1, 0};
  shape.key_is_explicit = true;
  auto encoder = std::move(format->Bind(shape)).value();
  EXPECT_TRUE(encoder->WritesKeys());
  const Value values[] = {Value::Int(7), Value::Text("a\"")};
  const Group group = testing::OrdersGroup();
  RowChange change;
  OutputRow row;
  row.after = values;
  row.group = &group;
  row.change = &change;
  OutBuffer key, value;
  ASSERT_TRUE(encoder->EncodeKey(row, &key).ok());
  EXPECT_EQ(key.view(), R"({"shard":"a\"","id":"7"})");
  ASSERT_TRUE(encoder->EncodeValue(row, &value).ok());
  EXPECT_EQ(json::parse(value.view())["pkNames"].dump(), R"(["shard","id"])");
}

TEST(CanalJson, AVectorIsPipe114) {
  OutputShape shape;
  shape.columns = {MakeColumn("v", TypeKind::kVector)};
  const auto bound = MakeCanalJson({}).value()->Bind(shape);
  ASSERT_FALSE(bound.ok());
  EXPECT_EQ(bound.error().code(), ErrorCode::kConfig);
  EXPECT_NE(bound.error().message().find("PIPE114"), std::string::npos);
}

TEST(CanalJson, ALabelNumberWithoutLabelFailsTheRow) {
  catalog::Settings settings;
  settings.Set("enum", {catalog::SettingKind::kWord, "label", 0, "", {}});
  Column column = MakeColumn("e", TypeKind::kEnum);
  column.type.labels = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"a", "b"});
  Harness harness({column}, settings);
  const std::vector<Value> good{Value::Uint(2)}, empty{Value::Uint(0)}, bad{Value::Uint(3)};
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &good)["data"][0]["e"], "b");
  EXPECT_EQ(harness.Encode(Op::kInsert, nullptr, &empty)["data"][0]["e"], "");
  OutputRow row;
  row.after = bad.data();
  row.group = &harness.group;
  row.change = &harness.change;
  OutBuffer out;
  const Status status = harness.encoder->EncodeValue(row, &out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRow);
  out.Clear();
  row.after = good.data();
  EXPECT_TRUE(harness.encoder->EncodeValue(row, &out).ok());
}

}  // namespace
}  // namespace cdc::formats
