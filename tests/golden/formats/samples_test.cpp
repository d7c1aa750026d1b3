// Our records of R1 and R2 beside the published ones (samples/, copies from the specification): every member equal, in
// type, value and order, but for the list below. A member of that list which is equal after all fails as well.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/golden/formats/recorder.h"

namespace cdc::testing {
namespace {

using Json = nlohmann::ordered_json;

// Where a record differs, as JSON pointers, with both values.
using Differences = std::map<std::string, std::string>;

struct Excuse {
  const char* path;
  const char* reason;
};

constexpr Excuse kDebezium[] = {
    {"/value/source/version", "the release that `compatible_with` names: 3.6, the sample's is 3.1"},
    {"/value/ts_ns", "a transaction's commit time has microseconds"},
    {"/value/before/c_ubig",
     "the sample's 2^64-1 wraps to -1; here it fails the row, so the largest that fits is taken"},
    {"/value/after/c_ubig", "as above"},
    {"/value/source/snapshot", "`true` for every row of a first load: none is known to be its first"},
};

// The messages of a sample file.
Json ReadSamples(const std::string& name) {
  std::ifstream in(std::string(PIPEWRIGHT_ROOT) + "/tests/golden/formats/samples/" + name + ".json");
  Json samples = Json::parse(in, nullptr, false);
  EXPECT_TRUE(samples.contains("messages")) << name;
  return std::move(samples["messages"]);
}

void Compare(const Json& ours, const Json& theirs, const std::string& path, Differences* differences) {
  const bool structured = ours.is_structured();
  if (ours.type() != theirs.type() || ours.size() != theirs.size() || (!structured && ours != theirs)) {
    (*differences)[path] = ours.dump() + " instead of " + theirs.dump();
    return;
  }
  if (!structured) return;
  for (auto a = ours.begin(), b = theirs.begin(); a != ours.end(); ++a, ++b) {
    const std::string name = ours.is_object() ? a.key() : std::to_string(a - ours.begin());
    if (ours.is_object() && a.key() != b.key()) {
      (*differences)[path + "/" + name] = "stands where " + b.key() + " should";
      return;
    }
    Compare(*a, *b, path + "/" + name, differences);
  }
}

Json OursOf(const Record& record) {
  Json ours;
  ours["key"] = record.key ? Json::parse(*record.key, nullptr, false) : Json();
  ours["value"] = Json::parse(record.value, nullptr, false);
  EXPECT_FALSE(ours["key"].is_discarded() || ours["value"].is_discarded()) << record.value;
  return ours;
}

Json TheirsOf(const Json& sample) { return {{"key", sample["key"]}, {"value", sample["value"]}}; }

Differences Compared(const Json& ours, const Json& theirs) {
  Differences differences;
  Compare(ours, theirs, "", &differences);
  return differences;
}

// The transaction of a sample: the times and offsets that are input to us.
Group GroupOf(const Json& value) {
  Group group = OrdersGroup();
  const Json& source = value["source"];
  group.offset = source["pos"];
  group.event_time_s = static_cast<uint32_t>(source["ts_ms"].get<uint64_t>() / 1000);
  group.commit_time_us = value.contains("ts_us") ? value["ts_us"].get<int64_t>() : value["ts_ms"].get<int64_t>() * 1000;
  return group;
}

catalog::SettingValue FlagOf(bool value) { return {.kind = catalog::SettingKind::kBool, .number = value ? 1 : 0}; }

class DebeziumSamples : public ::testing::Test {
 protected:
  // Adds the differences of one sample to `all`, their paths below `prefix` taken as if they were the record's own.
  void Check(const Json& sample, bool schema, const std::string& prefix) {
    const std::string event = sample["case"].get<std::string>().substr(0, sample["case"].get<std::string>().find(' '));
    SCOPED_TRACE(event);
    const Json& value = sample["value"];
    const Json& payload = schema && !value.is_null() ? value["payload"] : value;
    RecorderOptions options{.format = "debezium_json", .small_ubig = true};
    options.settings.Set("schema", FlagOf(schema));
    const bool block = payload.is_object() && payload.contains("transaction") && !payload["transaction"].is_null();
    options.settings.Set("transaction", FlagOf(block));
    Json theirs = TheirsOf(sample);
    Json ours;
    if (event == "tombstone") {
      // A null value under the key that the delete before it has; who writes it is tested in unit/runtime/operators.
      ours = OursOf(Recorder(options).Of("delete"));
      ours["value"] = nullptr;
    } else {
      ours = OursOf(Recorder(options).Of(event, GroupOf(payload)));
    }
    if (event == "ddl") KeepColumnsOf(theirs["value"], &ours["value"]);
    for (const auto& [path, difference] : Compared(ours, theirs)) Judge(path, prefix, difference);
    ++checked_;
  }

  // The sample shows some columns of the table only.
  static void KeepColumnsOf(const Json& theirs, Json* ours) {
    std::set<std::string> shown;
    for (const Json& column : theirs["tableChanges"][0]["table"]["columns"]) shown.insert(column["name"]);
    Json& columns = (*ours)["tableChanges"][0]["table"]["columns"];
    EXPECT_EQ(columns.size(), OrdersSchema().columns.size() + 1);
    Json kept = Json::array();
    for (const Json& column : columns) {
      if (shown.count(column["name"]) != 0) kept.push_back(column);
    }
    columns = kept;
  }

  void Judge(std::string path, const std::string& prefix, const std::string& difference) {
    if (path.starts_with(prefix)) path = "/value" + path.substr(prefix.size());
    for (const Excuse& excuse : kDebezium) {
      if (path == excuse.path) {
        used_.insert(path);
        return;
      }
    }
    ADD_FAILURE() << path << ": " << difference;
  }

  std::set<std::string> used_;
  int checked_ = 0;
};

TEST_F(DebeziumSamples, EveryRecordIsEqual) {
  const std::set<std::string> later = {"transaction-begin", "transaction-end", "heartbeat"};
  for (const Json& sample : ReadSamples("debezium-json")) {
    if (later.count(sample["case"]) == 0) Check(sample, false, "/value");
  }
  EXPECT_EQ(checked_, 7);
  for (const Json& sample : ReadSamples("debezium-json-with-schema")) Check(sample, true, "/value/payload");
  EXPECT_EQ(checked_, 9);
  EXPECT_EQ(used_.size(), std::size(kDebezium)) << "an excuse is not needed";
}

TEST_F(DebeziumSamples, TheSamplesNumberAboveTheSignedRangeFailsTheRow) {
  RecorderOptions options{.format = "debezium_json"};
  EXPECT_TRUE(Recorder(options).Of("insert").failed);
}

TEST(CanalSamples, EveryRecordIsEqual) {
  RecorderOptions options{.format = "canal_json"};
  options.settings.Set("zone", WordOf("+08:00"));
  const Recorder recorder(options);
  int checked = 0;
  for (const Json& sample : ReadSamples("canal-flat")) {
    const std::string event = sample["case"];
    Group group = OrdersGroup();
    group.gtid.clear();  // the sample's server has none
    for (const auto& [path, difference] : Compared(OursOf(recorder.Of(event, group)), TheirsOf(sample)))
      ADD_FAILURE() << event << " " << path << ": " << difference;
    ++checked;
  }
  EXPECT_EQ(checked, 5);
}

}  // namespace
}  // namespace cdc::testing
