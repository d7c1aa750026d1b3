// Avro against the published sample, and against the JSON that is tested beside it: every record of debezium_json, with
// its schema, taken to Avro member by member, has the bytes that debezium_avro writes by column.

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "runtime/formats/connect_avro.h"
#include "tests/golden/formats/avro_reader.h"
#include "tests/golden/formats/recorder.h"

namespace cdc::testing {
namespace {

using formats::AvroNames;

AvroJson ReadAvroSample(const std::string& name) {
  std::ifstream in(std::string(PIPEWRIGHT_ROOT) + "/tests/golden/formats/samples/" + name);
  AvroJson sample = AvroJson::parse(in, nullptr, false);
  EXPECT_FALSE(sample.is_discarded()) << name;
  return sample;
}

RecorderOptions AvroOptions() {
  RecorderOptions options{.format = "debezium_avro", .small_ubig = true};
  options.settings.Set("registry", WordOf("schemas"));
  return options;
}

// Where ours may differ from the sample's: as in samples_test.cpp, and in the JSON of a first load, which has MySQL's
// own text, as the sample of debezium_json says.
const std::set<std::string> kAvroExcuses = {"/source/version",
                                            "/ts_ns/long",
                                            "/before/cdc.shop.orders.Value/c_ubig/long",
                                            "/after/cdc.shop.orders.Value/c_ubig/long",
                                            "/after/cdc.shop.orders.Value/attrs/string",
                                            "/source/snapshot/string"};

void CompareAvro(const AvroJson& ours, const AvroJson& theirs, const std::string& path, std::set<std::string>* used) {
  if (ours.is_structured() && theirs.is_structured() && ours.size() == theirs.size()) {
    for (auto a = ours.begin(), b = theirs.begin(); a != ours.end(); ++a, ++b) {
      EXPECT_EQ(a.key(), b.key()) << path;
      CompareAvro(*a, *b, path + "/" + a.key(), used);
    }
  } else if (ours != theirs) {
    EXPECT_TRUE(kAvroExcuses.count(path) != 0) << path << ": " << ours.dump() << " instead of " << theirs.dump();
    used->insert(path);
  }
}

TEST(AvroSamples, TheSchemasAreTheSamples) {
  const Recorder recorder(AvroOptions());
  const Record record = recorder.Of("insert");
  std::string_view payload;
  const uint32_t key = ReadSchemaPrefix(*record.key, &payload);
  const uint32_t value = ReadSchemaPrefix(record.value, &payload);
  EXPECT_EQ(recorder.SchemaOf(key), ReadAvroSample("debezium-orders-key.avsc").dump());
  EXPECT_EQ(recorder.SchemaOf(value), ReadAvroSample("debezium-orders-value.avsc").dump());
}

TEST(AvroSamples, EveryRecordIsEqual) {
  const Recorder recorder(AvroOptions());
  const AvroJson schema = ReadAvroSample("debezium-orders-value.avsc");
  std::set<std::string> used;
  int checked = 0;
  const AvroJson samples = ReadAvroSample("debezium-avro.json");
  for (const AvroJson& sample : samples["messages"]) {
    const std::string event = sample["case"];
    SCOPED_TRACE(event);
    ++checked;
    std::string_view payload;
    const std::string their_key = BytesOfHex(sample["keyHex"].get<std::string>());
    if (event == "tombstone") {
      EXPECT_EQ(recorder.Of("delete").key->substr(5), their_key.substr(5));
      continue;
    }
    const std::string theirs = BytesOfHex(sample["valueHex"].get<std::string>());
    EXPECT_EQ(ReadSchemaPrefix(theirs, &payload), 102u);
    EXPECT_EQ(ReadAvro(schema, payload), sample["value"]) << "the reader";
    Group group = OrdersGroup();
    group.offset = sample["value"]["source"]["pos"];
    group.event_time_s = static_cast<uint32_t>(sample["value"]["source"]["ts_ms"].get<uint64_t>() / 1000);
    group.commit_time_us = sample["value"]["ts_us"]["long"];
    const Record ours = recorder.Of(event, group);
    EXPECT_EQ(ours.key->substr(5), their_key.substr(5));
    ReadSchemaPrefix(ours.value, &payload);
    CompareAvro(ReadAvro(schema, payload), sample["value"], "", &used);
  }
  EXPECT_EQ(checked, 5);
  EXPECT_EQ(used, kAvroExcuses) << "an excuse is not needed";
}

struct AvroVariant {
  const char* setting;
  const char* word;
};

void SameAsJson(const std::string& table, const AvroVariant& variant) {
  SCOPED_TRACE(table + " " + variant.setting + " = " + variant.word);
  RecorderOptions options = AvroOptions();
  options.table = table;
  catalog::SettingValue value = WordOf(variant.word);
  if (std::string(variant.word) == "true") value = {.kind = catalog::SettingKind::kBool, .number = 1};
  options.settings.Set(variant.setting, value);
  const Recorder avro(options);
  options.format = "debezium_json";
  const Recorder json(options);
  for (const char* event : {"snapshot", "insert", "update", "delete", "key_change_insert", "ddl", "truncate"}) {
    SCOPED_TRACE(event);
    const Record ours = avro.Of(event);
    const Record theirs = json.Of(event);
    ASSERT_EQ(ours.failed, theirs.failed) << ours.value;
    if (ours.failed) {
      EXPECT_EQ(ours.value, theirs.value);
      continue;
    }
    const auto expect_same = [&](const std::string& bytes, const std::string& text) {
      const AvroJson document = AvroJson::parse(text);
      const std::string connect = document["schema"].dump();
      std::string_view payload;
      const uint32_t id = ReadSchemaPrefix(bytes, &payload);
      const auto schema = formats::AvroSchemaOf(connect, AvroNames::kReplace);
      ASSERT_TRUE(schema.ok()) << schema.error().message();
      EXPECT_EQ(avro.SchemaOf(id), *schema);
      OutBuffer expected;
      formats::AppendConnectAvro(connect, document["payload"].dump(), &expected);
      EXPECT_TRUE(payload == expected.view());
      ReadAvro(AvroJson::parse(*schema), payload);
    };
    ASSERT_EQ(ours.key.has_value(), theirs.key.has_value());
    if (ours.key) expect_same(*ours.key, *theirs.key);
    expect_same(ours.value, theirs.value);
  }
}

TEST(AvroRecords, AreThoseOfJson) {
  for (const char* table : {"", "types", "vector", "mariadb_types"}) {
    for (const AvroVariant& variant : {AvroVariant{"transaction", "true"},
                                       {"decimal", "string"},
                                       {"decimal", "double"},
                                       {"bigint_unsigned", "precise"},
                                       {"binary", "hex"},
                                       {"binary", "base64_url"},
                                       {"time", "connect"},
                                       {"time", "isostring"},
                                       {"time", "nanoseconds"},
                                       {"time", "microseconds"},
                                       {"compatible_with", "3.7"}}) {
      SameAsJson(table, variant);
    }
  }
}

TEST(AvroRecords, AHeaderOfAKeyChangeIsTheOtherKey) {
  const Recorder recorder(AvroOptions());
  const Record gone = recorder.Of("key_change_delete");
  const Record come = recorder.Of("key_change_insert");
  ASSERT_EQ(gone.headers.size(), 1u);
  EXPECT_EQ(gone.headers[0], std::make_pair(std::string("__debezium.newkey"), *come.key));
}

}  // namespace
}  // namespace cdc::testing
