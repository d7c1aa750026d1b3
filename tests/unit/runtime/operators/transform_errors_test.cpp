#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/operators/rule_text.h"
#include "tests/unit/runtime/operators/pipe_fixture.h"

namespace cdc::testing {
namespace {

using plan::ActionKind;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

std::string BindError(plan::TableRule rule, Schema schema = PipeFixture::SmallSchema()) {
  PipeFixture pipe({std::move(rule)});
  TableVersion version;
  version.database = version.schema.database = "shop";
  version.table = "t";
  version.schema = std::move(schema);
  const Status bound = pipe.transform().Bind(&version);
  EXPECT_FALSE(bound.ok());
  if (bound.ok()) return "";
  EXPECT_EQ(bound.error().code(), ErrorCode::kConfig);
  return bound.error().message();
}

TEST(TransformBind, AllMistakesAreReportedTogetherWithTheirPlaces) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.where = CallExpr(">", {ColumnExpr("aa"), NumberExpr("0")});
  rule.where->args[0].origin = {0, 11, 13};
  rule.key = {plan::KeyRule::Kind::kColumns, {"missing"}, {0, 0, 4}};
  plan::SelectItem star;
  star.star = true;
  star.except = {"b", "nothere"};
  star.rename = {{"b", "a"}};
  rule.select = {star};
  const std::string text = BindError(rule);
  EXPECT_THAT(text, HasSubstr("test.pipe:2:3: error: unknown column `aa`"));
  EXPECT_THAT(text, HasSubstr("[PIPE101 unknown-column]"));
  EXPECT_THAT(text, HasSubstr("`nothere`"));
  EXPECT_THAT(text, HasSubstr("stands in two of `except`, `rename` and `replace` [PIPE139 duplicate-output]"));
  EXPECT_THAT(text, HasSubstr("`missing`"));
}

TEST(TransformBind, TwoOutputColumnsOfOneName) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::SelectItem star;
  star.star = true;
  plan::SelectItem again;
  again.value = ColumnExpr("b");
  again.name = "A";
  rule.select = {star, again};
  EXPECT_THAT(BindError(rule), HasSubstr("[PIPE139 duplicate-output]"));
}

TEST(TransformBind, KeysMustExistAndBePublished) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::SelectItem star;
  star.star = true;
  star.except = {"id"};
  rule.select = {star};
  EXPECT_THAT(BindError(rule), HasSubstr("[PIPE127 key-not-published]"));
  rule.key = {plan::KeyRule::Kind::kColumns, {"id"}, {}};
  EXPECT_THAT(BindError(rule), HasSubstr("[PIPE127 key-not-published]"));
  plan::TableRule primary = RuleFor("shop", "t");
  primary.key.kind = plan::KeyRule::Kind::kPrimary;
  Schema keyless = PipeFixture::SmallSchema();
  keyless.indexes.clear();
  EXPECT_THAT(BindError(primary, keyless), HasSubstr("[PIPE125 table-without-key]"));
  plan::TableRule tombstone = RuleFor("shop", "t");
  tombstone.on = {On({"delete"}, ActionKind::kTombstone)};
  EXPECT_THAT(BindError(tombstone), HasSubstr("[PIPE126 tombstone-without-key]"));
}

TEST(TransformBind, AFormatWithoutARuleForAColumn) {
  Schema schema = PipeFixture::SmallSchema();
  schema.columns[2].type = Type();
  schema.columns[2].type.kind = TypeKind::kVector;
  EXPECT_THAT(BindError(RuleFor("shop", "t"), schema), HasSubstr("[PIPE114 format-cannot-express]"));
}

TEST(TransformBind, ATableWithoutKeyGoesToOnePartition) {
  PipeFixture pipe({RuleFor("shop", "t")}, 50);
  Schema keyless = PipeFixture::SmallSchema();
  keyless.indexes.clear();
  const TableVersion* t = pipe.AddTable("shop", "t", keyless);
  for (int i = 0; i < 10; ++i) pipe.Insert(t, Row(i, i, ""));
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  for (const Record& record : records) EXPECT_EQ(record.partition, records[0].partition);
}

TEST(TransformMake, WhatIsNotBuiltIsPipe010) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {On({"error encode"}, ActionKind::kQuarantine)};
  PipeFixture pipe({rule});
  const Error error = pipe.MakeError();
  EXPECT_EQ(error.code(), ErrorCode::kConfig);
  EXPECT_THAT(error.message(),
              HasSubstr("`quarantine` without a topic is not available yet [PIPE010 not-available-yet]"));
}

plan::OnRule NoDeletions() {
  plan::OnRule fail = On({"delete"}, ActionKind::kFail);
  fail.text = "no deletions";
  fail.origin = {0, 11, 41};
  return fail;
}

TEST(TransformFail, AFailRuleSaysWhereWhatAndWhy) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {NoDeletions()};
  PipeFixture pipe({rule});
  pipe.plan().files[0].text = "pipe p {\n  on delete fail 'no deletions';\n}\n";
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Begin("u:7");
  pipe.Delete(t, Row(1, 1, ""));
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRuleStop);
  EXPECT_THAT(status.error().message(), HasSubstr("shop.t"));
  EXPECT_THAT(status.error().message(), HasSubstr("binlog.000003:1040 (transaction u:7)"));
  EXPECT_THAT(status.error().message(), HasSubstr("`on delete fail 'no deletions'` (test.pipe:2:3): no deletions"));
}

TEST(TransformFail, WhatCameBeforeTheFailingGroupIsKept) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {NoDeletions()};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Begin("u:7");
  pipe.Insert(t, Row(1, 1, ""));
  pipe.Begin("u:8");
  pipe.Insert(t, Row(2, 1, ""));
  pipe.Delete(t, Row(1, 1, ""));
  pipe.Begin("u:9");
  pipe.Insert(t, Row(3, 1, ""));
  pipe.batch.end.gtid_set = "u:1-9";
  MessageBatch out;
  ASSERT_FALSE(pipe.Apply(&out).ok());
  const auto records = pipe.RecordsOf(out);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(Brief(records[0]), R"(insert shop-t {"id":"1","a":"1","b":""})");
  EXPECT_EQ(out.end.gtid_set, "u:1-7");
  EXPECT_EQ(out.end.file, "binlog.000003");
  EXPECT_EQ(out.end.offset, 1100u);
}

TEST(TransformFail, ABatchOfAFirstLoadIsKeptWholeOrNotAtAll) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {NoDeletions()};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Begin("u:7");
  pipe.Snapshot(t, Row(1, 1, ""));
  pipe.Begin("u:8");
  pipe.Delete(t, Row(1, 1, ""));
  MessageBatch out;
  ASSERT_FALSE(pipe.Apply(&out).ok());
  EXPECT_TRUE(out.messages.empty());
  EXPECT_TRUE(out.end.empty());
}

// A row that the format cannot hold: 2^63 in Debezium's `long`.
PipeFixture LargeNumbers(std::vector<plan::OnRule> on) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.format.name = "debezium_json";
  rule.format.settings.Set("schema", {catalog::SettingKind::kBool, "", 0, "", {}});
  rule.on = std::move(on);
  return PipeFixture({rule});
}

Schema LargeSchema() {
  Schema schema = PipeFixture::SmallSchema();
  schema.columns[1].type.kind = TypeKind::kBigInt;
  schema.columns[1].type.is_unsigned = true;
  return schema;
}

TEST(TransformFail, AnEncodeErrorFailsByDefaultAndNamesTheSetting) {
  PipeFixture pipe = LargeNumbers({});
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  pipe.Insert(t, {Value::Int(1), Value::Uint(uint64_t{1} << 63), Value::Text("")});
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRow);
  EXPECT_THAT(status.error().message(), HasSubstr("`bigint_unsigned = precise`"));
  EXPECT_THAT(status.error().message(), HasSubstr("the built-in rule"));
  EXPECT_THAT(status.error().message(), HasSubstr("on error (encode) quarantine to"));
  EXPECT_THAT(status.error().message(), Not(HasSubstr("9223372036854775808")));
  EXPECT_TRUE(out.messages.empty());
  EXPECT_EQ(out.bytes.size(), 0u);
}

TEST(TransformFail, AWrittenFailRuleForErrorsIsTheProgramsOwn) {
  plan::OnRule fail = On({"error encode"}, ActionKind::kFail);
  fail.text = "numbers are too large";
  PipeFixture pipe = LargeNumbers({fail});
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  pipe.Insert(t, {Value::Int(1), Value::Uint(uint64_t{1} << 63), Value::Text("")});
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRuleStop);
  EXPECT_THAT(status.error().message(), HasSubstr("stops the pipe: numbers are too large"));
}

TEST(TransformFail, OnErrorPauseStopsInFrontOfTheRow) {
  PipeFixture pipe = LargeNumbers({On({"error encode"}, ActionKind::kPause)});
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  pipe.Begin("u:7");
  pipe.Insert(t, {Value::Int(1), Value::Uint(5), Value::Text("")});
  pipe.Begin("u:8");
  pipe.Insert(t, {Value::Int(2), Value::Uint(uint64_t{1} << 63), Value::Text("")});
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRulePause);
  EXPECT_THAT(status.error().message(), HasSubstr("pauses the pipe"));
  EXPECT_EQ(pipe.RecordsOf(out).size(), 1u);
}

TEST(TransformFail, OnErrorRetryGoesBackToWhatIsCommitted) {
  PipeFixture pipe = LargeNumbers({On({"error encode"}, ActionKind::kRetry)});
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  pipe.Begin("u:8");
  pipe.Insert(t, {Value::Int(2), Value::Uint(uint64_t{1} << 63), Value::Text("")});
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), operators::kTryAgain);
  EXPECT_THAT(status.error().message(), HasSubstr("has it tried again"));
}

TEST(TransformFail, OnErrorEncodeSkipLeavesTheRowOutAndCountsIt) {
  PipeFixture pipe = LargeNumbers({On({"error encode"}, ActionKind::kSkip)});
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  pipe.Insert(t, {Value::Int(1), Value::Uint(uint64_t{1} << 63), Value::Text("")});
  pipe.Insert(t, {Value::Int(2), Value::Uint(5), Value::Text("")});
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].key, R"({"id":2})");
  EXPECT_EQ(pipe.transform().counters().rows_failed, 1u);
}

plan::OnRule ToTopic(const std::string& event, const std::string& topic) {
  plan::OnRule rule = On({event}, ActionKind::kQuarantine);
  rule.to = TemplateOf(topic);
  rule.origin = {0, 11, 51};
  return rule;
}

TEST(TransformQuarantine, TheRowItsPlaceAndItsErrorGoToTheTopic) {
  PipeFixture pipe = LargeNumbers({ToTopic("error encode", "dead-$tablename$")});
  pipe.plan().files[0].text = "pipe p {\n  on error (encode) quarantine to \"dead-x\";\n}\n";
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  pipe.Begin("u:7");
  pipe.Insert(t, Row(1, 1, ""));
  pipe.Update(t, {Value::Int(2), Value::Uint(5), Value::Text("\"ä\"")},
              {Value::Int(2), Value::Uint(uint64_t{1} << 63), Value::Null()});
  pipe.Insert(t, {Value::Int(3), Value::Uint(5), Value::Text("")});
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].key, R"({"id":1})");
  EXPECT_EQ(records[2].key, R"({"id":3})");
  EXPECT_EQ(records[1].topic, "dead-t");
  EXPECT_EQ(records[1].key, "null");
  EXPECT_EQ(records[1].timestamp_ms, records[0].timestamp_ms);
  EXPECT_THAT(records[1].value, HasSubstr(R"({"pipe":"p","source":"db","table":"shop.t","op":"update","error":{)"
                                          R"("kind":"encode","text":")"));
  EXPECT_THAT(records[1].value, HasSubstr("`bigint_unsigned = precise`"));
  EXPECT_THAT(records[1].value, HasSubstr(R"x("rule":"`on error (encode) quarantine to \"dead-x\"` (test.pipe:2:3)"},)x"
                                          R"x("position":{"file":"binlog.000003","offset":1040,"row":0,"gtid":"u:7"},)x"
                                          R"x("committed_at":"20)x"));
  EXPECT_THAT(records[1].value, EndsWith(R"(Z","before":{"id":"2","a":"5","b":"\"ä\""},)"
                                         R"("after":{"id":"2","a":"9223372036854775808","b":null}})"));
  EXPECT_EQ(pipe.transform().counters().rows_failed, 1u);
  const std::vector<std::string> warnings = pipe.transform().TakeWarnings();
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0], HasSubstr("row 0 of shop.t at binlog.000003:1040 (transaction u:7) cannot be processed"));
  EXPECT_THAT(warnings[0], HasSubstr("sends it to its topic"));
}

TEST(TransformQuarantine, EveryFailureOfATableIsCountedAndTheFirstIsTold) {
  PipeFixture pipe = LargeNumbers({ToTopic("error", "dead")});
  const TableVersion* t = pipe.AddTable("shop", "t", LargeSchema());
  for (int64_t id = 1; id <= 5; ++id) {
    pipe.Insert(t, {Value::Int(id), Value::Uint(uint64_t{1} << 63), Value::Text("")});
  }
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  EXPECT_EQ(records.size(), 5u);
  EXPECT_EQ(pipe.transform().counters().rows_failed, 5u);
  EXPECT_EQ(pipe.transform().TakeWarnings().size(), 1u);
}

TEST(TransformQuarantine, LongValuesAreCutToWhatTheTopicTakes) {
  std::string large = "a";
  while (large.size() < 6000) large += "é";
  for (const auto& [limit, kept] : std::vector<std::pair<int64_t, size_t>>{{5000, 4095}, {900, 255}, {450, 0}}) {
    plan::TableRule rule = RuleFor("shop", "t");
    rule.on = {ToTopic("error oversize", "dead")};
    PipeFixture pipe({rule});
    pipe.record_bytes_max = limit;
    const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
    pipe.Insert(t, Row(2, 1, large));
    std::vector<Record> records;
    ASSERT_TRUE(pipe.Run(&records).ok());
    ASSERT_EQ(records.size(), 1u);
    const std::string& value = records[0].value;
    EXPECT_LE(value.size(), static_cast<size_t>(limit));
    const std::string end =
        kept == 0 ? R"("before":null,"after":null})" : "\"b\":\"" + large.substr(0, kept) + R"("},"after_cut":"b"})";
    EXPECT_TRUE(value.ends_with(end)) << limit << ": " << value.substr(0, 400);
  }
}

TEST(TransformQuarantine, WhatNoTopicTakesStopsThePipe) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {ToTopic("error oversize", "dead")};
  PipeFixture pipe({rule});
  pipe.record_bytes_max = 100;
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  const std::string large(200, 'x');
  pipe.Insert(t, Row(2, 1, large));
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRuleStop);
  EXPECT_THAT(status.error().message(), HasSubstr("not even a record without its values fits topic `dead`"));
  EXPECT_TRUE(out.messages.empty());
  EXPECT_EQ(out.bytes.size(), 0u);
}

TEST(TransformFail, ATopicNameThatKafkaForbidsIsAnEncodeError) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.topic.otherwise = TemplateOf("orders/$tablename$");
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 1, ""));
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRow);
  EXPECT_THAT(status.error().message(), HasSubstr("[PIPE122 invalid-topic]"));
}

TEST(TransformFail, ARecordAboveTheTopicsLimitSaysWhichRowAndWhatToDo) {
  const std::string large(600, 'x');
  for (const bool skips : {false, true}) {
    plan::TableRule rule = RuleFor("shop", "t");
    if (skips) rule.on = {On({"error oversize"}, ActionKind::kSkip)};
    PipeFixture pipe({rule});
    pipe.record_bytes_max = 500;
    const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
    pipe.Begin("u:7");
    pipe.Insert(t, Row(1, 1, ""));
    pipe.Begin("u:8");
    pipe.Insert(t, Row(2, 1, large));
    MessageBatch out;
    const Status status = pipe.Apply(&out);
    EXPECT_EQ(pipe.RecordsOf(out).size(), 1u);
    EXPECT_EQ(status.ok(), skips);
    if (status.ok()) continue;
    EXPECT_EQ(status.error().code(), ErrorCode::kRow);
    for (const char* part : {"row 0 of shop.t at binlog.000003:1140 (transaction u:8)", "topic `shop-t`", "takes 500",
                             "`record_max`", "on error (oversize) quarantine to"}) {
      EXPECT_THAT(status.error().message(), HasSubstr(part));
    }
  }
}

TEST(TransformFail, ASinksRefusalPassesThrough) {
  Error refused(ErrorCode::kSinkRejected, "topic missing");
  PipeFixture pipe({RuleFor("shop", "t")});
  pipe.topic_error = &refused;
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 1, ""));
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kSinkRejected);
}

TEST(TransformFail, AFixedPartitionThatTheTopicLacks) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.partition.kind = plan::PartitionRule::Kind::kFixed;
  rule.partition.fixed = 7;
  PipeFixture pipe({rule}, 3);
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 1, ""));
  MessageBatch out;
  const Status status = pipe.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kConfig);
}

}  // namespace
}  // namespace cdc::testing
