#include "runtime/operators/transform.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/runtime/operators/pipe_fixture.h"

namespace cdc::testing {
namespace {

using plan::ActionKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

plan::TableRule WhereAPositive() {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.where = CallExpr(">", {ColumnExpr("a"), NumberExpr("0")});
  return rule;
}

TEST(Transform, PublishesEveryChange) {
  PipeFixture pipe({RuleFor("shop", "t")});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Snapshot(t, Row(1, 1, "x"));
  pipe.Insert(t, Row(2, 2, "y"));
  pipe.Update(t, Row(2, 2, "y"), Row(2, 3, "y"));
  pipe.Delete(t, Row(2, 3, "y"));
  EXPECT_THAT(pipe.RunBriefly(),
              ElementsAre(R"(insert shop-t {"id":"1","a":"1","b":"x"})", R"(insert shop-t {"id":"2","a":"2","b":"y"})",
                          R"(update shop-t {"id":"2","a":"3","b":"y"} was {"a":"2"})",
                          R"(delete shop-t {"id":"2","a":"3","b":"y"})"));
  EXPECT_EQ(pipe.transform().counters().rows_in, 4u);
  EXPECT_EQ(pipe.transform().counters().records_out, 4u);
}

// LANGUAGE §2, the table: what the filter makes of each pair of images.
TEST(Transform, FilterTransitions) {
  PipeFixture pipe({WhereAPositive()});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 1, ""));
  pipe.Insert(t, Row(2, 0, ""));
  pipe.Snapshot(t, Row(3, 1, ""));
  pipe.Snapshot(t, {Value::Int(4), Value::Null(), Value::Text("")});
  pipe.Update(t, Row(1, 1, ""), Row(1, 2, ""));
  pipe.Update(t, Row(2, 0, ""), Row(2, 5, ""));
  pipe.Update(t, Row(1, 2, ""), Row(1, 0, ""));
  pipe.Update(t, Row(1, 0, ""), Row(1, -1, ""));
  pipe.Delete(t, Row(2, 5, ""));
  pipe.Delete(t, Row(1, -1, ""));
  EXPECT_THAT(pipe.RunBriefly(),
              ElementsAre(R"(insert shop-t {"id":"1","a":"1","b":""})", R"(insert shop-t {"id":"3","a":"1","b":""})",
                          R"(update shop-t {"id":"1","a":"2","b":""} was {"a":"1"})",
                          R"(insert shop-t {"id":"2","a":"5","b":""})", R"(delete shop-t {"id":"1","a":"2","b":""})",
                          R"(delete shop-t {"id":"2","a":"5","b":""})"));
  EXPECT_EQ(pipe.transform().counters().rows_filtered, 4u);
}

TEST(Transform, EnterAndLeaveHaveTheirOwnLabels) {
  plan::TableRule rule = WhereAPositive();
  rule.on = {On({"enter"}, ActionKind::kSkip), On({"leave"}, ActionKind::kPublish), On({"delete"}, ActionKind::kSkip)};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Update(t, Row(1, 0, ""), Row(1, 1, ""));  // enter: skipped
  pipe.Insert(t, Row(2, 1, ""));                 // a plain insert is not one
  pipe.Update(t, Row(2, 1, ""), Row(2, 0, ""));  // leave: published as delete
  pipe.Delete(t, Row(3, 1, ""));                 // a plain delete: skipped
  EXPECT_THAT(pipe.RunBriefly(),
              ElementsAre(R"(insert shop-t {"id":"2","a":"1","b":""})", R"(delete shop-t {"id":"2","a":"1","b":""})"));
}

TEST(Transform, TheFirstRuleWhoseConditionHoldsDecides) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::OnRule small = On({"insert", "update"}, ActionKind::kSkip);
  small.when = CallExpr("<", {ColumnExpr("a"), NumberExpr("10")});
  rule.on = {small, On({"snapshot"}, ActionKind::kSkip), On({"dml"}, ActionKind::kPublish),
             On({"delete"}, ActionKind::kFail)};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 5, ""));
  pipe.Insert(t, Row(2, 15, ""));
  pipe.Snapshot(t, Row(3, 15, ""));
  pipe.Delete(t, Row(4, 5, ""));
  EXPECT_THAT(pipe.RunBriefly(),
              ElementsAre(R"(insert shop-t {"id":"2","a":"15","b":""})", R"(delete shop-t {"id":"4","a":"5","b":""})"));
  EXPECT_TRUE(pipe.transform().WantsSnapshot("shop", "t"));
}

TEST(Transform, AnUnconditionalSkipOfSnapshotsNeedsNoLoad) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {On({"snapshot"}, ActionKind::kSkip)};
  PipeFixture pipe({rule});
  EXPECT_TRUE(pipe.transform().Wants("shop", "t"));
  EXPECT_FALSE(pipe.transform().WantsSnapshot("shop", "t"));
  EXPECT_FALSE(pipe.transform().Wants("shop", "u"));
}

TEST(Transform, AChangedKeyBecomesDeleteAndInsert) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.key = {plan::KeyRule::Kind::kColumns, {"id"}, {}};
  plan::OnRule with_tombstone = On({"delete"}, ActionKind::kPublish);
  with_tombstone.and_tombstone = true;
  rule.on = {with_tombstone};
  PipeFixture pipe({rule}, 8);
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Update(t, Row(1, 1, "x"), Row(2, 1, "x"));
  pipe.Update(t, Row(2, 1, "x"), Row(2, 2, "x"));
  pipe.Delete(t, Row(2, 2, "x"));
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  std::vector<std::string> briefs, keys;
  for (const Record& record : records) {
    briefs.push_back(Brief(record));
    keys.push_back(record.key);
  }
  EXPECT_THAT(briefs, ElementsAre(R"(delete shop-t {"id":"1","a":"1","b":"x"})", R"(tombstone shop-t {"id":"1"})",
                                  R"(insert shop-t {"id":"2","a":"1","b":"x"})",
                                  R"(update shop-t {"id":"2","a":"2","b":"x"} was {"a":"1"})",
                                  R"(delete shop-t {"id":"2","a":"2","b":"x"})", R"(tombstone shop-t {"id":"2"})"));
  EXPECT_EQ(keys[0], R"({"id":"1"})");
  EXPECT_EQ(keys[2], R"({"id":"2"})");
  EXPECT_EQ(records[0].partition, records[1].partition);
  EXPECT_EQ(records[2].partition, records[3].partition);
  EXPECT_NE(records[0].partition, records[2].partition);
}

TEST(Transform, AChangedPartitionColumnMovesTheRowToo) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.partition.kind = plan::PartitionRule::Kind::kHash;
  rule.partition.columns = {"a"};
  PipeFixture pipe({rule}, 100);
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Update(t, Row(1, 1, ""), Row(1, 2, ""));
  EXPECT_THAT(pipe.RunBriefly(),
              ElementsAre(R"(delete shop-t {"id":"1","a":"1","b":""})", R"(insert shop-t {"id":"1","a":"2","b":""})"));
}

TEST(Transform, UpdateOfKeyPublishedAsUpdateIsNotSplit) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::OnRule keep = On({"update of key"}, ActionKind::kPublish);
  keep.publish_as = plan::PublishAs::kUpdate;
  plan::OnRule changed_b = On({"update of columns"}, ActionKind::kSkip);
  changed_b.of = {"b"};
  rule.on = {keep, changed_b};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Update(t, Row(1, 1, "x"), Row(2, 1, "x"));
  pipe.Update(t, Row(2, 1, "x"), Row(2, 1, "y"));
  pipe.Update(t, Row(2, 1, "y"), Row(2, 2, "y"));
  EXPECT_THAT(pipe.RunBriefly(), ElementsAre(R"(update shop-t {"id":"2","a":"1","b":"x"} was {"id":"1"})",
                                             R"(update shop-t {"id":"2","a":"2","b":"y"} was {"a":"1"})"));
}

TEST(Transform, ChangedIsTrueWheneverTheKeyChanges) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::OnRule skip = On({"update"}, ActionKind::kSkip);
  skip.when = CallExpr("not", {CallExpr("changed", {ColumnExpr("a")})});
  rule.on = {skip};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Update(t, Row(1, 1, "x"), Row(1, 1, "y"));
  pipe.Update(t, Row(1, 1, "y"), Row(1, 2, "y"));
  pipe.Update(t, Row(1, 2, "y"), Row(2, 2, "y"));
  EXPECT_THAT(pipe.RunBriefly(), ElementsAre(R"(update shop-t {"id":"1","a":"2","b":"y"} was {"a":"1"})",
                                             R"(delete shop-t {"id":"1","a":"2","b":"y"})",
                                             R"(insert shop-t {"id":"2","a":"2","b":"y"})"));
}

TEST(Transform, EqualColumnsShareAPartition) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.partition.kind = plan::PartitionRule::Kind::kHash;
  rule.partition.columns = {"a", "b"};
  PipeFixture pipe({rule}, 4);
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  for (int i = 0; i < 100; ++i) pipe.Insert(t, Row(i, i % 3, i % 2 == 0 ? "even" : "odd"));
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  for (size_t i = 6; i < records.size(); ++i) EXPECT_EQ(records[i].partition, records[i - 6].partition);
}

TEST(Transform, SkipSkipsBothHalvesOfAKeyChange) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.on = {On({"update"}, ActionKind::kSkip)};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Update(t, Row(1, 1, ""), Row(2, 1, ""));
  EXPECT_THAT(pipe.RunBriefly(), IsEmpty());
}

TEST(Transform, TombstonesAlone) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.key = {plan::KeyRule::Kind::kPrimary, {}, {}};
  rule.on = {On({"delete"}, ActionKind::kTombstone)};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Delete(t, Row(1, 1, ""));
  EXPECT_THAT(pipe.RunBriefly(), ElementsAre(R"(tombstone shop-t {"id":"1"})"));
}

TEST(Transform, LogicalDelete) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::SelectItem star;
  star.star = true;
  plan::SelectItem deleted;
  deleted.value = CallExpr("=", {MetaExpr("op"), StringExpr("delete")});
  deleted.name = "is_deleted";
  rule.select = {star, deleted};
  plan::OnRule on = On({"delete"}, ActionKind::kPublish);
  on.publish_as = plan::PublishAs::kUpdate;
  rule.on = {on};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 1, ""));
  pipe.Delete(t, Row(1, 1, ""));
  EXPECT_THAT(pipe.RunBriefly(), ElementsAre(R"(insert shop-t {"id":"1","a":"1","b":"","is_deleted":"0"})",
                                             R"(update shop-t {"id":"1","a":"1","b":"","is_deleted":"1"} was {})"));
}

TEST(Transform, SelectEditsTheColumns) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::SelectItem star;
  star.star = true;
  star.except = {"b"};
  star.rename = {{"id", "key_id"}};
  star.replace = {{CallExpr("+", {ColumnExpr("a"), NumberExpr("1")}), "a"}};
  plan::SelectItem shard;
  shard.value = MatchExpr("shard");
  shard.name = "shard";
  rule.select = {star, shard};
  rule.key = {plan::KeyRule::Kind::kColumns, {"shard", "key_id"}, {}};
  rule.database = {plan::NamePattern::Kind::kRegex, R"(shop_(?P<shard>\d+))"};
  rule.target_database = TemplateOf("shop");
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop_07", "t", PipeFixture::SmallSchema());
  EXPECT_THAT(t->used, ElementsAre(true, true, false));
  pipe.Insert(t, Row(1, 1, "secret"));
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(Brief(records[0]), R"(insert shop-t {"key_id":"1","a":"2","shard":"07"})");
  EXPECT_EQ(records[0].key, R"({"shard":"07","key_id":"1"})");
  EXPECT_FALSE(pipe.transform().Wants("shop_x", "t"));
}

TEST(Transform, FirstMatchOwnsATable) {
  plan::TableRule tmp = RuleFor("shop", "");
  tmp.table = {plan::NamePattern::Kind::kRegex, "(tmp|_).*"};
  tmp.skip = true;
  plan::TableRule all = RuleFor("", "");
  all.database = all.table = {plan::NamePattern::Kind::kAny, ""};
  plan::TableRule never = RuleFor("shop", "orders");
  never.topic.otherwise = TemplateOf("never");
  PipeFixture pipe({tmp, all, never});
  EXPECT_FALSE(pipe.transform().Wants("shop", "tmp_orders"));
  EXPECT_TRUE(pipe.transform().Wants("shop", "my_tmp"));
  EXPECT_FALSE(pipe.transform().Wants("mysql", "user"));
  EXPECT_FALSE(pipe.transform().Wants("PERFORMANCE_SCHEMA", "threads"));
  const TableVersion* orders = pipe.AddTable("shop", "orders", PipeFixture::SmallSchema());
  pipe.Insert(orders, Row(1, 1, ""));
  EXPECT_THAT(pipe.RunBriefly(), ElementsAre(HasSubstr("shop-orders")));
  const TableVersion* skipped = pipe.AddTable("shop", "tmp_x", PipeFixture::SmallSchema());
  EXPECT_FALSE(skipped->captured);
}

TEST(Transform, AnExactNameReachesTheServersOwnDatabases) {
  PipeFixture pipe({RuleFor("mysql", "user")});
  EXPECT_TRUE(pipe.transform().Wants("mysql", "user"));
}

TEST(Transform, CaseTopicsReadOutputColumns) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.topic.arms.push_back({CallExpr("=", {ColumnExpr("b"), StringExpr("pay")}), TemplateOf("payments-$op$")});
  rule.topic.otherwise = TemplateOf("others");
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Insert(t, Row(1, 1, "pay"));
  pipe.Delete(t, Row(1, 1, "pay"));
  pipe.Insert(t, Row(2, 1, "x"));
  EXPECT_THAT(pipe.RunBriefly(), ElementsAre(HasSubstr("insert payments-insert "), HasSubstr("delete payments-delete "),
                                             HasSubstr("insert others ")));
}

TEST(Transform, HeadersCarryOutputValues) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.headers = {{TemplateOf("from-$database$"), ColumnExpr("b")}, {TemplateOf("gtid"), MetaExpr("gtid")}};
  PipeFixture pipe({rule});
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Begin("u:7");
  pipe.Insert(t, Row(1, 1, "x"));
  pipe.Begin();
  pipe.Insert(t, {Value::Int(2), Value::Null(), Value::Null()});
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  EXPECT_EQ(records[0].headers, "from-shop=x,gtid=u:7,");
  EXPECT_EQ(records[1].headers, "from-shop=null,gtid=null,");
}

// One row at a time gives the same records as a thousand.
TEST(Transform, BatchesOfOneAndOfAThousandAgree) {
  std::vector<std::vector<std::string>> results;
  for (const size_t size : {size_t{1}, size_t{1000}}) {
    plan::TableRule rule = WhereAPositive();
    plan::OnRule on = On({"update"}, ActionKind::kSkip);
    on.when = CallExpr("=", {ColumnExpr("b"), StringExpr("7")});
    rule.on = {on};
    PipeFixture pipe({rule}, 5);
    const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
    std::mt19937 random(11);
    std::vector<std::string> texts;
    for (int i = 0; i < 10; ++i) texts.push_back(std::to_string(i));
    const auto any = [&] {
      return Row(static_cast<int64_t>(random() % 50), static_cast<int64_t>(random() % 4) - 1, texts[random() % 10]);
    };
    for (int i = 0; i < 3000; ++i) {
      if (random() % 7 == 0) pipe.Begin("u:" + std::to_string(i + 1));
      switch (random() % 4) {
        case 0:
          pipe.Insert(t, any());
          break;
        case 1:
          pipe.Delete(t, any());
          break;
        case 2:
          pipe.Snapshot(t, any());
          break;
        default:
          pipe.Update(t, any(), any());
          break;
      }
    }
    results.push_back(pipe.RunBriefly(size));
  }
  EXPECT_GT(results[0].size(), 1000u);
  EXPECT_EQ(results[0], results[1]);
}

}  // namespace
}  // namespace cdc::testing
