#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/operators/rule_text.h"
#include "runtime/operators/topic.h"
#include "tests/unit/runtime/operators/pipe_fixture.h"

namespace cdc::testing {
namespace {

using plan::ActionKind;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<std::string> kDropColumn{"drop column", "alter table", "ddl"};

class DdlTest : public ::testing::Test {
 protected:
  void Start(std::vector<plan::OnRule> rules, int32_t partitions = 1, bool by_table = false) {
    plan::TableRule rule = RuleFor("shop", "t");
    rule.on = std::move(rules);
    if (by_table) rule.partition.kind = plan::PartitionRule::Kind::kTable;
    pipe_ = std::make_unique<PipeFixture>(std::vector{rule}, partitions);
    pipe_->transform();
  }

  void Ddl(std::vector<std::vector<std::string>> parts, std::string canal_type, std::string statement,
           std::string table = "t", bool captured = true) {
    if (captured && version_ == nullptr) {
      version_ = std::shared_ptr<const TableVersion>(std::shared_ptr<void>(),
                                                     pipe_->AddTable("shop", "t", PipeFixture::SmallSchema()));
    }
    pipe_->Begin("u:5");
    DdlEvent ddl;
    ddl.group = static_cast<int32_t>(pipe_->batch.groups.size()) - 1;
    ddl.database = "shop";
    ddl.table = std::move(table);
    ddl.statement = std::move(statement);
    ddl.parts = std::move(parts);
    ddl.canal_type = std::move(canal_type);
    if (captured) ddl.before = ddl.after = version_;
    pipe_->batch.ddl = ddl;
  }

  std::unique_ptr<PipeFixture> pipe_;
  std::shared_ptr<const TableVersion> version_;
};

plan::OnRule PublishTo(std::vector<std::string> events, const std::string& topic) {
  plan::OnRule rule = On(std::move(events), ActionKind::kPublish);
  rule.to = TemplateOf(topic);
  return rule;
}

TEST_F(DdlTest, IsSkippedByDefaultAndTruncateAndDropFail) {
  Start({});
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT");
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
  for (const char* label : {"truncate table", "drop table"}) {
    Ddl({{label, "ddl"}}, "TRUNCATE", "TRUNCATE TABLE t");
    MessageBatch out;
    const Status status = pipe_->Apply(&out);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::kRuleStop);
    EXPECT_THAT(status.error().message(), HasSubstr("`TRUNCATE TABLE t` of shop.t at binlog.000003:"));
    EXPECT_THAT(status.error().message(), HasSubstr("the built-in rule"));
  }
}

TEST_F(DdlTest, ATableThatDoesNotExistCanBeDropped) {
  Start({});
  Ddl({{"drop table", "ddl"}}, "ERASE", "DROP TABLE IF EXISTS t", "t", false);
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
}

TEST_F(DdlTest, ATableThatBeginsWithRowsOfAPartitionFails) {
  Start({});
  Ddl({{"create table", "ddl"}, {"truncate table", "alter table", "ddl"}}, "ALTER",
      "ALTER TABLE p CONVERT PARTITION x TO TABLE t", "t", false);
  MessageBatch out;
  const Status status = pipe_->Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRuleStop);
}

TEST_F(DdlTest, ARecordThatItsTopicDoesNotTakeIsNamed) {
  Start({On({"ddl"}, ActionKind::kPublish)});
  pipe_->record_bytes_max = 600;
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT COMMENT '" + std::string(1000, 'x') + "'");
  MessageBatch out;
  const Status status = pipe_->Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kRow);
  EXPECT_THAT(status.error().message(),
              AllOf(HasSubstr("the record of `ALTER TABLE t ADD c INT COMMENT 'xxx"), HasSubstr("…` at binlog.000003:"),
                    HasSubstr("topic `shop-t` takes 600 (`record_max` of the sink)"), HasSubstr("on ddl")));
  EXPECT_THAT(out.messages, IsEmpty());
}

TEST_F(DdlTest, IsPublishedToItsTopic) {
  Start({PublishTo({"add column"}, "$database$-ddl"), On({"ddl"}, ActionKind::kPublish)});
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT");
  EXPECT_THAT(pipe_->RunBriefly(), ElementsAre("alter shop-ddl ALTER TABLE t ADD c INT"));
  Ddl({kDropColumn}, "ALTER", "ALTER TABLE t DROP c");
  EXPECT_THAT(pipe_->RunBriefly(), ElementsAre("alter shop-t ALTER TABLE t DROP c"));
}

TEST_F(DdlTest, TheStrictestPartActs) {
  plan::OnRule skip = On({"drop column"}, ActionKind::kSkip);
  Start({On({"add column"}, ActionKind::kPublish), skip, On({"rename column"}, ActionKind::kFail)});
  Ddl({kAddColumn, kDropColumn}, "ALTER", "ALTER TABLE t ADD c INT, DROP d");
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
  Ddl({kAddColumn, kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT, ADD d INT");
  EXPECT_EQ(pipe_->RunBriefly().size(), 1u);
  Ddl({kAddColumn, {"rename column", "alter table", "ddl"}, kDropColumn}, "ALTER", "ALTER TABLE t …");
  MessageBatch out;
  EXPECT_EQ(pipe_->Apply(&out).error().code(), ErrorCode::kRuleStop);
}

TEST_F(DdlTest, PauseIsStricterThanSkipAndLessThanFail) {
  Start({On({"add column"}, ActionKind::kSkip), On({"drop column"}, ActionKind::kPause),
         On({"rename column"}, ActionKind::kFail)});
  MessageBatch out;
  Ddl({kAddColumn, kDropColumn}, "ALTER", "ALTER TABLE t ADD c INT, DROP d");
  const Status paused = pipe_->Apply(&out);
  EXPECT_EQ(paused.error().code(), ErrorCode::kRulePause);
  EXPECT_THAT(paused.error().message(),
              AllOf(HasSubstr("`ALTER TABLE t ADD c INT, DROP d` of shop.t at binlog.000003:"),
                    HasSubstr("pauses the pipe by"), HasSubstr("`skip` or `publish` instead of `pause`")));
  Ddl({kDropColumn, {"rename column", "alter table", "ddl"}}, "ALTER", "ALTER TABLE t DROP d, RENAME …");
  EXPECT_EQ(pipe_->Apply(&out).error().code(), ErrorCode::kRuleStop);
}

TEST_F(DdlTest, TheSourceIsToldWhatToLoadAndWhatToFollow) {
  Start({On({"add column"}, ActionKind::kResnapshot), On({"rename table"}, ActionKind::kFollow),
         On({"drop column"}, ActionKind::kPause), On({"ddl"}, ActionKind::kPublish)});
  const auto answer = [&](std::vector<std::vector<std::string>> parts) {
    Ddl(std::move(parts), "ALTER", "ALTER TABLE t …");
    return pipe_->transform().Answer(*pipe_->batch.ddl, pipe_->batch.groups[0]);
  };
  // The strictest part acts; a rename is followed whatever else the statement does.
  const auto both = answer({kAddColumn, {"modify column", "ddl"}, {"rename table", "alter table", "ddl"}});
  ASSERT_TRUE(both.ok());
  EXPECT_TRUE(both->loads);
  EXPECT_TRUE(both->follows);
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
  const auto neither = answer({{"modify column", "alter table", "ddl"}});
  ASSERT_TRUE(neither.ok());
  EXPECT_FALSE(neither->loads || neither->follows);
  EXPECT_EQ(answer({kAddColumn, kDropColumn}).error().code(), ErrorCode::kRulePause);
}

TEST_F(DdlTest, RowsThatVanishBeforeALoadAreTold) {
  Start({On({"truncate table"}, ActionKind::kResnapshot)});
  Ddl({{"truncate table", "ddl"}}, "TRUNCATE", "TRUNCATE TABLE t");
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
  EXPECT_THAT(pipe_->transform().TakeWarnings(), ElementsAre(HasSubstr("still in the topic")));
}

TEST_F(DdlTest, AFollowedTableHasTheRuleOfItsOldName) {
  Start({On({"rename table"}, ActionKind::kFollow)});
  auto archive = std::make_shared<TableVersion>();
  archive->database = archive->rule_database = "shop";
  archive->table = "archive";
  archive->rule_table = "t";
  archive->schema = PipeFixture::SmallSchema();
  ASSERT_TRUE(pipe_->transform().Bind(archive.get()).ok());
  ASSERT_TRUE(archive->captured);
  Ddl({{"rename table", "ddl"}}, "RENAME", "RENAME TABLE t TO archive");
  pipe_->batch.ddl->after = archive;
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
  EXPECT_THAT(pipe_->transform().TakeWarnings(),
              ElementsAre(AllOf(HasSubstr("shop.t is shop.archive from"), HasSubstr("by the rule of shop.t"))));
  pipe_->Begin("u:6");
  pipe_->Insert(archive.get(), Row(1, 2, "x"));
  EXPECT_THAT(pipe_->RunBriefly(), ElementsAre(HasSubstr("insert shop-t ")));
}

TEST_F(DdlTest, WhatCannotBeFollowedIsJudged) {
  Group group;
  const Error error(ErrorCode::kConfig, "not understood");
  const DdlFailure unreadable{"", "", "ALTER TABLE t FROBNICATE", &group, true};
  const DdlFailure misfit{"shop", "t", "ALTER TABLE t DROP a", &group, true};
  const auto judged = [&](std::vector<plan::OnRule> rules, const DdlFailure& failure) {
    pipe_ = std::make_unique<PipeFixture>(std::vector{RuleFor("shop", "t")});
    pipe_->pipe().on = rules;
    pipe_->pipe().tables[0].on = std::move(rules);
    return pipe_->transform().JudgeDdlFailure(failure, error);
  };
  EXPECT_EQ(judged({}, unreadable).error().message(), "not understood");
  EXPECT_EQ(judged({On({"error ddl"}, ActionKind::kPause)}, misfit).error().code(), ErrorCode::kRulePause);
  EXPECT_EQ(judged({On({"error ddl"}, ActionKind::kSkip)}, misfit).error().code(), ErrorCode::kConfig);
  EXPECT_TRUE(judged({On({"error ddl"}, ActionKind::kSkip)}, unreadable).ok());
  EXPECT_THAT(pipe_->transform().TakeWarnings(), ElementsAre(HasSubstr("FROBNICATE")));
  DdlFailure blind = unreadable;
  blind.may_skip = false;
  EXPECT_THAT(judged({On({"error ddl"}, ActionKind::kSkip)}, blind).error().message(), HasSubstr("FULL"));
}

TEST_F(DdlTest, DamageOfTheLogIsThePipesToJudge) {
  const Error damage(ErrorCode::kCorruptInput, "checksum");
  const auto code = [&](ActionKind action) {
    pipe_ = std::make_unique<PipeFixture>(std::vector{RuleFor("shop", "t")});
    pipe_->pipe().on = {On({"error decode"}, action)};
    return pipe_->transform().JudgeDecodeError(damage).code();
  };
  EXPECT_EQ(code(ActionKind::kFail), ErrorCode::kCorruptInput);
  EXPECT_EQ(code(ActionKind::kPause), ErrorCode::kRulePause);
  EXPECT_EQ(code(ActionKind::kRetry), operators::kTryAgain);
}

TEST_F(DdlTest, ConditionsSeeMetaOnly) {
  plan::OnRule rule = On({"ddl"}, ActionKind::kPublish);
  rule.when = CallExpr("=", {MetaExpr("table"), StringExpr("t")});
  plan::OnRule never = On({"ddl"}, ActionKind::kFail);
  never.when = CallExpr("=", {MetaExpr("table"), StringExpr("u")});
  Start({never, rule});
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT");
  EXPECT_EQ(pipe_->RunBriefly().size(), 1u);
}

TEST_F(DdlTest, AStatementWithoutATableFollowsThePipesRules) {
  Start({});
  pipe_ = std::make_unique<PipeFixture>(std::vector{RuleFor("shop", "t")});
  pipe_->pipe().on = {On({"create database"}, ActionKind::kPublish)};
  Ddl({{"create database", "ddl"}}, "QUERY", "CREATE DATABASE shop", "", false);
  EXPECT_THAT(pipe_->RunBriefly(), ElementsAre("query shop CREATE DATABASE shop"));
}

TEST_F(DdlTest, OfATableThatNobodyOwnsIsNobodysBusiness) {
  Start({On({"ddl"}, ActionKind::kFail)});
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE u ADD c INT", "u", false);
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
}

TEST_F(DdlTest, StandsInThePartitionOfItsTableUnderPartitionByTable) {
  Start({On({"ddl"}, ActionKind::kPublish)}, 64, true);
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT");
  pipe_->Insert(version_.get(), {Value::Int(1), Value::Null(), Value::Null()});
  std::vector<Record> records;
  ASSERT_TRUE(pipe_->Run(&records).ok());
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].partition, records[1].partition);
  EXPECT_NE(records[1].partition, 0);
}

TEST_F(DdlTest, AFailureKeepsTheRowsBefore) {
  Start({On({"ddl"}, ActionKind::kFail)});
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT");
  pipe_->batch.groups.clear();
  pipe_->Begin("u:4");
  pipe_->Insert(version_.get(), {Value::Int(1), Value::Null(), Value::Null()});
  pipe_->Begin("u:5");
  pipe_->batch.ddl->group = 1;
  pipe_->batch.end.gtid_set = "u:1-5";
  MessageBatch out;
  ASSERT_FALSE(pipe_->Apply(&out).ok());
  EXPECT_EQ(out.messages.size(), 1u);
  EXPECT_EQ(out.end.gtid_set, "u:1-4");
  EXPECT_EQ(out.end.offset, pipe_->batch.groups[1].offset);
}

TEST_F(DdlTest, ATableWithoutAKeyWarnsOnce) {
  Start({});
  Schema keyless = PipeFixture::SmallSchema();
  keyless.indexes.clear();
  pipe_->AddTable("shop", "t", keyless);
  pipe_->AddTable("shop", "t", keyless);
  EXPECT_THAT(pipe_->transform().TakeWarnings(), ElementsAre(HasSubstr("shop.t has no primary key")));
}

TEST_F(DdlTest, SkipWithATextWarns) {
  plan::OnRule skip = On({"add column"}, ActionKind::kSkip);
  skip.text = "tell the data team";
  Start({skip});
  Ddl({kAddColumn}, "ALTER", "ALTER TABLE t ADD c INT");
  EXPECT_THAT(pipe_->RunBriefly(), IsEmpty());
  EXPECT_THAT(pipe_->transform().TakeWarnings(), ElementsAre(HasSubstr("skipped: tell the data team")));
  EXPECT_THAT(pipe_->transform().TakeWarnings(), IsEmpty());
}

TEST(TemplateText, AnEmptyPlaceholderTakesTheTextToItsNeighbourAlong) {
  const operators::TopicNames database{"db1", "", {}};
  EXPECT_EQ(operators::TemplateText(TemplateOf("$database$-$tablename$"), database, ""), "db1");
  EXPECT_EQ(operators::TemplateText(TemplateOf("$tablename$-$database$"), database, ""), "db1");
  EXPECT_EQ(operators::TemplateText(TemplateOf("ddl-$database$"), database, ""), "ddl-db1");
  EXPECT_EQ(operators::TemplateText(TemplateOf("x-$tablename$"), database, ""), "x-");
  EXPECT_EQ(operators::TemplateText(TemplateOf("$tablename$"), database, ""), "");
  const operators::TopicNames whole{"shop", "orders", {{"shard", "07"}}};
  EXPECT_EQ(operators::TemplateText(TemplateOf("$shard$.$database$-$tablename$-$op$"), whole, "insert"),
            "07.shop-orders-insert");
}

TEST(TopicProblem, KafkasRules) {
  EXPECT_EQ(operators::TopicProblem("a.b_c-9"), "");
  for (const std::string& name : {std::string(), std::string("."), std::string(".."), std::string("a/b"),
                                  std::string("é"), std::string(250, 'a')}) {
    EXPECT_NE(operators::TopicProblem(name), "") << name;
  }
  EXPECT_EQ(operators::TopicProblem(std::string(249, 'a')), "");
}

}  // namespace
}  // namespace cdc::testing
