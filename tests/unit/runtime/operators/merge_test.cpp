// Tables that are published as one, followed through the log.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/runtime/operators/pipe_fixture.h"

namespace cdc::testing {
namespace {

using plan::ActionKind;
using plan::MergeMode;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Column MakeColumn(const std::string& name, TypeKind kind, bool nullable = true) {
  Column column;
  column.name = name;
  column.type.kind = kind;
  column.type.nullable = nullable;
  if (kind == TypeKind::kVarchar) column.type.length = 20;
  return column;
}

Schema Orders(TypeKind cents = TypeKind::kInt) {
  Schema schema;
  schema.columns = {MakeColumn("id", TypeKind::kInt, false), MakeColumn("cents", cents, false)};
  schema.indexes.push_back({"PRIMARY", {"id"}, true, false});
  return schema;
}

Schema With(Schema schema, const std::string& column, TypeKind kind, bool nullable = true) {
  schema.columns.push_back(MakeColumn(column, kind, nullable));
  return schema;
}

// table r's(?P<n>\d)'.orders as shop.orders, keyed by (n, id).
plan::TableRule ShardRule(MergeMode mode) {
  plan::TableRule rule = RuleFor("", "orders");
  rule.database = {plan::NamePattern::Kind::kRegex, R"(s(?P<n>\d))"};
  rule.target_database = TemplateOf("shop");
  rule.target_table = TemplateOf("orders");
  rule.merge = mode;
  plan::SelectItem shard, star;
  shard.value = MatchExpr("n");
  shard.name = "n";
  star.star = true;
  rule.select = {shard, star};
  rule.key = {plan::KeyRule::Kind::kColumns, {"n", "id"}, {}};
  rule.on = {On({"ddl"}, ActionKind::kPublish)};
  return rule;
}

class MergeTest : public ::testing::Test {
 protected:
  explicit MergeTest(MergeMode mode = MergeMode::kWiden) : pipe_({ShardRule(mode)}) {}

  std::shared_ptr<const TableVersion> Table(const std::string& database, const Schema& schema) {
    const TableVersion* version = pipe_.AddTable(database, "orders", schema);
    return {std::shared_ptr<void>(), version};
  }
  Status Open(const std::vector<std::shared_ptr<const TableVersion>>& tables) {
    return pipe_.transform().SetMerged(tables);
  }

  void Ddl(std::vector<std::string> labels, const std::string& type, std::shared_ptr<const TableVersion> before,
           std::shared_ptr<const TableVersion> after) {
    pipe_.Begin();
    DdlEvent ddl;
    ddl.group = static_cast<int32_t>(pipe_.batch.groups.size()) - 1;
    ddl.database = (before != nullptr ? before : after)->database;
    ddl.table = "orders";
    ddl.statement = type + " " + ddl.database;
    ddl.parts = {std::move(labels)};
    ddl.canal_type = type;
    ddl.before = std::move(before);
    ddl.after = std::move(after);
    pipe_.batch.ddl = ddl;
  }
  void Alter(std::shared_ptr<const TableVersion> before, std::shared_ptr<const TableVersion> after) {
    Ddl(kAddColumn, "ALTER", std::move(before), std::move(after));
  }

  PipeFixture pipe_;
};

class StrictMergeTest : public MergeTest {
 protected:
  StrictMergeTest() : MergeTest(MergeMode::kStrict) {}
};

TEST_F(MergeTest, RowsOfEveryTableHaveTheColumnsOfAll) {
  const auto s0 = Table("s0", Orders());
  const auto s1 = Table("s1", With(Orders(TypeKind::kBigInt), "note", TypeKind::kVarchar, false));
  ASSERT_TRUE(Open({s0, s1}).ok());
  pipe_.Insert(s0.get(), {Value::Int(1), Value::Int(5)});
  pipe_.Update(s1.get(), {Value::Int(1), Value::Int(6), Value::Text("x")},
               {Value::Int(1), Value::Int(7), Value::Text("x")});
  pipe_.Delete(s0.get(), {Value::Int(1), Value::Int(5)});
  EXPECT_THAT(pipe_.RunBriefly(),
              ElementsAre(R"(insert shop-orders {"n":"0","id":"1","cents":"5","note":null})",
                          R"(update shop-orders {"n":"1","id":"1","cents":"7","note":"x"} was {"cents":"6"})",
                          R"(delete shop-orders {"n":"0","id":"1","cents":"5","note":null})"));
}

TEST_F(MergeTest, RecordsSayOneTypeWhicheverTableARowIsFrom) {
  const auto s0 = Table("s0", Orders());
  const auto s1 = Table("s1", Orders(TypeKind::kBigInt));
  ASSERT_TRUE(Open({s0, s1}).ok());
  pipe_.Insert(s0.get(), {Value::Int(1), Value::Int(5)});
  pipe_.Insert(s1.get(), {Value::Int(1), Value::Int(5)});
  std::vector<Record> records;
  ASSERT_TRUE(pipe_.Run(&records).ok());
  ASSERT_EQ(records.size(), 2U);
  for (const Record& record : records) EXPECT_THAT(record.value, HasSubstr(R"("cents":"bigint")"));
}

TEST_F(MergeTest, ATableThatIsMetLaterJoinsWithItsFirstRow) {
  const auto s0 = Table("s0", Orders());
  const auto s1 = Table("s1", With(Orders(), "note", TypeKind::kVarchar));
  pipe_.Insert(s0.get(), {Value::Int(1), Value::Int(5)});
  pipe_.Insert(s1.get(), {Value::Int(1), Value::Int(6), Value::Text("x")});
  pipe_.Insert(s0.get(), {Value::Int(2), Value::Int(7)});
  const std::vector<std::string> expected = {R"(insert shop-orders {"n":"0","id":"1","cents":"5"})",
                                             R"(insert shop-orders {"n":"1","id":"1","cents":"6","note":"x"})",
                                             R"(insert shop-orders {"n":"0","id":"2","cents":"7","note":null})"};
  EXPECT_EQ(pipe_.RunBriefly(1), expected);
}

TEST_F(MergeTest, TheSameAlterOfEveryShardGoesOutOnce) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", Orders());
  ASSERT_TRUE(Open({s0, s1}).ok());
  const auto s0b = Table("s0", With(Orders(), "note", TypeKind::kVarchar));
  Alter(s0, s0b);
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("alter shop-orders ALTER s0"));
  pipe_.Insert(s1.get(), {Value::Int(1), Value::Int(5)});
  pipe_.Insert(s0b.get(), {Value::Int(1), Value::Int(5), Value::Text("x")});
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre(R"(insert shop-orders {"n":"1","id":"1","cents":"5","note":null})",
                                              R"(insert shop-orders {"n":"0","id":"1","cents":"5","note":"x"})"));
  Alter(s1, Table("s1", With(Orders(), "note", TypeKind::kVarchar)));
  EXPECT_THAT(pipe_.RunBriefly(), IsEmpty());
}

TEST_F(MergeTest, AColumnIsNotNullOnceAllTablesHaveIt) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", Orders());
  ASSERT_TRUE(Open({s0, s1}).ok());
  Alter(s0, Table("s0", With(Orders(), "note", TypeKind::kVarchar, false)));
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("alter shop-orders ALTER s0"));
  Alter(s1, Table("s1", With(Orders(), "note", TypeKind::kVarchar, false)));
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("alter shop-orders ALTER s1"));
}

TEST_F(MergeTest, TablesThatComeAndGoAlterTheOthersIfAtAll) {
  const auto s0 = Table("s0", Orders());
  ASSERT_TRUE(Open({}).ok());
  Ddl({"create table", "ddl"}, "CREATE", nullptr, s0);
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("create shop-orders CREATE s0"));
  const auto s1 = Table("s1", Orders());
  Ddl({"create table", "ddl"}, "CREATE", nullptr, s1);
  EXPECT_THAT(pipe_.RunBriefly(), IsEmpty());
  const auto s2 = Table("s2", With(Orders(), "note", TypeKind::kVarchar));
  Ddl({"create table", "ddl"}, "CREATE", nullptr, s2);
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("alter shop-orders CREATE s2"));
  Ddl({"drop table", "ddl"}, "ERASE", s1, nullptr);
  EXPECT_THAT(pipe_.RunBriefly(), IsEmpty());
  Ddl({"drop table", "ddl"}, "ERASE", s2, nullptr);
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("alter shop-orders ERASE s2"));
  pipe_.Insert(s0.get(), {Value::Int(1), Value::Int(5)});
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre(R"(insert shop-orders {"n":"0","id":"1","cents":"5"})"));
  Ddl({"drop table", "ddl"}, "ERASE", s0, nullptr);
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("erase shop-orders ERASE s0"));
}

TEST_F(MergeTest, ATruncateOfOneOfSeveralHasNoRecord) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", Orders());
  ASSERT_TRUE(Open({s0, s1}).ok());
  Ddl({"truncate table", "ddl"}, "TRUNCATE", s0, s0);
  EXPECT_THAT(pipe_.RunBriefly(), IsEmpty());
  EXPECT_THAT(pipe_.transform().TakeWarnings(), ElementsAre(HasSubstr("empties one of several tables")));
}

TEST_F(MergeTest, TypesThatCannotBeOneStopThePipeInFront) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", Orders());
  ASSERT_TRUE(Open({s0, s1}).ok());
  pipe_.Insert(s1.get(), {Value::Int(1), Value::Int(5)});
  Alter(s0, Table("s0", Orders(TypeKind::kVarchar)));
  MessageBatch out;
  const Status status = pipe_.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), ErrorCode::kConfig);
  EXPECT_THAT(status.error().message(),
              AllOf(HasSubstr("PIPE129"), HasSubstr("`cents` is varchar(20) in s0.orders and int in s1.orders"),
                    HasSubstr("`ALTER s0` at binlog.000003:"), HasSubstr("it goes on here")));
  EXPECT_EQ(out.messages.size(), 1U);
}

TEST_F(MergeTest, AnOpenTellsWhatIsThere) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", With(Orders(), "note", TypeKind::kVarchar));
  ASSERT_TRUE(Open({s0, s1}).ok());
  ASSERT_TRUE(Open({s0}).ok());
  pipe_.Insert(s0.get(), {Value::Int(1), Value::Int(5)});
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre(R"(insert shop-orders {"n":"0","id":"1","cents":"5"})"));
}

TEST_F(StrictMergeTest, EqualTablesAreOne) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", Orders());
  ASSERT_TRUE(Open({s0, s1}).ok());
  pipe_.Insert(s1.get(), {Value::Int(1), Value::Int(5)});
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre(R"(insert shop-orders {"n":"1","id":"1","cents":"5"})"));
}

TEST_F(StrictMergeTest, OtherColumnsAreRefusedAtTheStart) {
  const auto s0 = Table("s0", Orders());
  const auto s1 = Table("s1", With(Orders(TypeKind::kBigInt), "note", TypeKind::kVarchar));
  const Status status = Open({s0, s1});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(
      status.error().message(),
      "s1.orders and s0.orders are published as one table, shop.orders, and `merge strict` wants their columns to "
      "be the same [PIPE129]\n"
      "  = `cents`: bigint not null in s1.orders, int not null in s0.orders\n"
      "  = `note`: varchar(20) in s1.orders, none in s0.orders\n"
      "  = `merge widen` lets tables be altered one after the other");
}

TEST_F(StrictMergeTest, AnAlterThatMakesOneDifferStopsThePipeInFront) {
  const auto s0 = Table("s0", Orders()), s1 = Table("s1", Orders());
  ASSERT_TRUE(Open({s0, s1}).ok());
  Alter(s0, Table("s0", With(Orders(), "note", TypeKind::kVarchar)));
  MessageBatch out;
  const Status status = pipe_.Apply(&out);
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message(),
              AllOf(HasSubstr("`note`: varchar(20) in s0.orders, none in s1.orders"), HasSubstr("`ALTER s0` at ")));
  // A comment is nothing that records show.
  Schema commented = Orders();
  commented.columns[1].comment = "euro cents";
  pipe_.batch.Reset();
  Alter(s1, Table("s1", commented));
  EXPECT_THAT(pipe_.RunBriefly(), IsEmpty());
}

TEST_F(StrictMergeTest, ATableAloneIsAltered) {
  const auto s0 = Table("s0", Orders());
  ASSERT_TRUE(Open({s0}).ok());
  Alter(s0, Table("s0", With(Orders(), "note", TypeKind::kVarchar)));
  EXPECT_THAT(pipe_.RunBriefly(), ElementsAre("alter shop-orders ALTER s0"));
}

}  // namespace
}  // namespace cdc::testing
