#include "runtime/formats/debezium_avro.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "runtime/formats/avro_names.h"
#include "runtime/formats/avro_writer.h"
#include "runtime/formats/local_schema_registry.h"

namespace cdc::formats {
namespace {

using Json = nlohmann::ordered_json;

// Remembers what it was asked; refuses a topic called `refused`.
class Asked : public LocalSchemaRegistry {
 public:
  Result<uint32_t> IdOf(const SchemaUse& use, const std::string& schema) override {
    uses.push_back(use.topic + (use.is_key ? " key " : " value ") + use.record);
    if (use.topic == "refused") return Error(ErrorCode::kSinkRejected, "no");
    last_schema = schema;
    return LocalSchemaRegistry::IdOf(use, schema);
  }
  std::vector<std::string> uses;
  std::string last_schema;
};

Column ColumnOf(const std::string& name, TypeKind kind, bool nullable = true) {
  Column column;
  column.name = name;
  column.type.kind = kind;
  column.type.nullable = nullable;
  return column;
}

OutputShape ShapeOf(std::vector<Column> columns) {
  OutputShape shape;
  shape.database = shape.source_database = "shop";
  shape.table = shape.source_table = "t";
  shape.topic = "topic";
  shape.columns = std::move(columns);
  return shape;
}

class DebeziumAvro : public ::testing::Test {
 protected:
  Result<std::unique_ptr<Encoder>> Bind(const OutputShape& shape, const char* names = "avro") {
    catalog::Settings settings;
    settings.Set("registry", {.kind = catalog::SettingKind::kWord, .text = "schemas"});
    settings.Set("names", {.kind = catalog::SettingKind::kWord, .text = names});
    auto format = MakeDebeziumAvro(settings, "db", {{"schemas", registry_}});
    EXPECT_TRUE(format.ok());
    format_ = std::move(format).value();
    return format_->Bind(shape);
  }

  // The fields of the table's record.
  Json Fields() const { return Json::parse(registry_->last_schema)["fields"][0]["type"][1]["fields"]; }

  std::string ValueOf(Encoder* encoder, const std::vector<Value>& values) {
    Group group;
    RowChange change;
    OutputRow row;
    row.group = &group;
    row.change = &change;
    row.op = change.op = Op::kInsert;
    row.after = values.data();
    OutBuffer out;
    const Status done = encoder->EncodeValue(row, &out);
    return done.ok() ? std::string(out.view()) : done.error().message();
  }

  std::shared_ptr<Asked> registry_ = std::make_shared<Asked>();
  std::unique_ptr<Format> format_;
};

TEST(AvroNames, AreDebeziums) {
  EXPECT_EQ(AvroName("plain_1", AvroNames::kReplace), "plain_1");
  EXPECT_EQ(AvroName("1st-name.é😀", AvroNames::kReplace), "_1st_name___");
  EXPECT_EQ(AvroName("1st_é😀", AvroNames::kUnicode), "_u0031st_u005f_u00e9_ud83d_ude00");
  EXPECT_EQ(AvroName("a-b", AvroNames::kNone), "a-b");
  EXPECT_EQ(AvroFullName("my-db.1.Value", AvroNames::kReplace), "my_db._1.Value");
  EXPECT_TRUE(IsAvroFullName("a._1"));
  EXPECT_FALSE(IsAvroFullName("a.1"));
  EXPECT_FALSE(IsAvroName(""));
}

TEST(AvroLongs, AreZigZag) {
  const auto written = [](int64_t value) {
    char bytes[kAvroLongMax];
    return std::string(bytes, WriteAvroLong(value, bytes));
  };
  EXPECT_EQ(written(0), std::string(1, '\0'));
  EXPECT_EQ(written(-1), "\x01");
  EXPECT_EQ(written(64), "\x80\x01");
  EXPECT_EQ(written(INT64_MIN), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

TEST_F(DebeziumAvro, AColumnWithADefaultPutsItsTypeFirst) {
  Column column = ColumnOf("n", TypeKind::kInt);
  column.default_text = "7";
  auto encoder = Bind(ShapeOf({column}));
  ASSERT_TRUE(encoder.ok());
  EXPECT_EQ(Fields()[0].dump(), R"({"name":"n","type":[{"type":"int","connect.default":7},"null"],"default":7})");
  // Behind the prefix: `before` null, `after` there, then the field's branch.
  EXPECT_EQ(ValueOf(encoder->get(), {Value()}).substr(5, 3), std::string("\0\2\2", 3));
  EXPECT_EQ(ValueOf(encoder->get(), {Value::Int(7)}).substr(5, 4), std::string("\0\2\0\x0e", 4));
}

TEST_F(DebeziumAvro, NamesThatMeetOrAreNoneAreRefused) {
  const OutputShape shape = ShapeOf({ColumnOf("a-b", TypeKind::kInt), ColumnOf("a_b", TypeKind::kInt)});
  auto encoder = Bind(shape);
  ASSERT_FALSE(encoder.ok());
  EXPECT_EQ(encoder.error().message(),
            "format `debezium_avro` cannot write shop.t: two columns become the field `a_b` of Avro; write "
            "`names = avro_unicode` [PIPE114 format-cannot-express]");
  encoder = Bind(shape, "none");
  ASSERT_FALSE(encoder.ok());
  EXPECT_NE(encoder.error().message().find("column `a-b` has a name that Avro does not allow"), std::string::npos);
  ASSERT_TRUE(Bind(shape, "avro_unicode").ok());
  EXPECT_EQ(Fields()[1]["name"], "a_u005fb");
}

TEST_F(DebeziumAvro, SchemasGetTheirNumbersPerTopicAndOnce) {
  OutputShape shape = ShapeOf({ColumnOf("id", TypeKind::kInt, false)});
  shape.key = {0};
  shape.topic.clear();
  auto encoder = Bind(shape);
  ASSERT_TRUE(encoder.ok());
  EXPECT_TRUE(registry_->uses.empty());
  for (const uint32_t topic : {3u, 4u, 3u}) {
    ASSERT_TRUE((*encoder)->SelectTopic(topic, "t" + std::to_string(topic)).ok());
  }
  EXPECT_EQ(registry_->uses, (std::vector<std::string>{"t3 key db.shop.t.Key", "t3 value db.shop.t.Envelope",
                                                       "t4 key db.shop.t.Key", "t4 value db.shop.t.Envelope"}));
  shape.topic = "refused";
  encoder = Bind(shape);
  ASSERT_FALSE(encoder.ok());
  EXPECT_EQ(encoder.error().code(), ErrorCode::kSinkRejected);
}

TEST_F(DebeziumAvro, WhatDoesNotFitSaysWhy) {
  auto encoder = Bind(ShapeOf({ColumnOf("n", TypeKind::kInt, false)}));
  ASSERT_TRUE(encoder.ok());
  EXPECT_EQ(ValueOf(encoder->get(), {Value()}), "shop.t: column `n` is NULL, which its type does not allow");
}

TEST_F(DebeziumAvro, TextThatIsNoUtf8IsAnErrorOfAnyRecord) {
  Column column = ColumnOf("c", TypeKind::kVarchar);
  column.default_text = "'\xff'";
  const auto encoder = Bind(ShapeOf({column}));
  ASSERT_FALSE(encoder.ok());
  EXPECT_NE(encoder.error().message().find("a default is no UTF-8"), std::string::npos) << encoder.error().message();
  DdlEvent ddl;
  ddl.statement = "ALTER TABLE t COMMENT '\xff'";
  OutBuffer key, value;
  bool has_key = false;
  const auto written = format_->EncodeDdl(ddl, Group(), ShapeOf({}), 0, &key, &has_key, &value);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code(), ErrorCode::kRow);
}

}  // namespace
}  // namespace cdc::formats
