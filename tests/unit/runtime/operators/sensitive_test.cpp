#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/runtime/operators/pipe_fixture.h"

namespace cdc::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using NamePattern = plan::NamePattern;

plan::SensitiveColumns Sensitive(NamePattern table, std::vector<NamePattern> columns) {
  return {{NamePattern::Kind::kExact, "shop"}, std::move(table), std::move(columns), {}};
}

plan::SelectItem OutputItem(expr::Expr value, const std::string& name) {
  plan::SelectItem item;
  item.value = std::move(value);
  item.name = name;
  return item;
}

// The error of binding shop.t, whose column `b` is sensitive; empty if there is none.
std::string LeakError(plan::TableRule rule) {
  PipeFixture pipe({std::move(rule)});
  pipe.plan().sensitive = {Sensitive({NamePattern::Kind::kRegex, "t|u"}, {{NamePattern::Kind::kExact, "B"}})};
  TableVersion version;
  version.schema = PipeFixture::SmallSchema();
  version.database = version.schema.database = "shop";
  version.table = "t";
  const Status bound = pipe.transform().Bind(&version);
  return bound.ok() ? "" : bound.error().message();
}

TEST(Sensitive, ATableThatTheCompilerDidNotSeeIsRefused) {
  const std::string text = LeakError(RuleFor("shop", "t"));
  EXPECT_THAT(text, HasSubstr("sensitive values of `shop.t` would go out in `b`"));
  EXPECT_THAT(text, HasSubstr("[PIPE118 sensitive-leak]"));
}

TEST(Sensitive, ItFollowsExpressionsAndTheirTypes) {
  plan::TableRule rule = RuleFor("shop", "t");
  plan::SelectItem typed = OutputItem(CallExpr("upper", {ColumnExpr("b", expr::Image::kOld)}), "loud");
  typed.as_type = Type{.kind = TypeKind::kVarchar, .length = 200};
  rule.select = {OutputItem(ColumnExpr("id"), "id"), typed};
  EXPECT_THAT(LeakError(rule), HasSubstr("would go out in `loud`"));
}

TEST(Sensitive, MaskedAndRevealedValuesPass) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.where = CallExpr("<>", {ColumnExpr("b"), StringExpr("x")});
  rule.select = {OutputItem(ColumnExpr("id"), "id"), OutputItem(CallExpr("mask", {ColumnExpr("b")}), "b"),
                 OutputItem(CallExpr("reveal", {ColumnExpr("b"), StringExpr("a reason")}), "shown"),
                 OutputItem(CallExpr("is null", {ColumnExpr("b")}), "none")};
  EXPECT_EQ(LeakError(rule), "");
}

TEST(Sensitive, QuarantinedRowsHideThem) {
  plan::TableRule rule = RuleFor("shop", "t");
  rule.select = {OutputItem(ColumnExpr("id"), "id"), OutputItem(CallExpr("mask", {ColumnExpr("b")}), "b")};
  rule.on = {On({"error oversize"}, plan::ActionKind::kQuarantine)};
  rule.on[0].to = TemplateOf("dead");
  PipeFixture pipe({std::move(rule)});
  pipe.plan().sensitive = {Sensitive({NamePattern::Kind::kExact, "t"}, {{NamePattern::Kind::kExact, "b"}})};
  pipe.record_bytes_max = 600;
  const TableVersion* t = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  const std::string secret(700, 'x');
  pipe.Insert(t, Row(7, 1, secret));
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].topic, "dead");
  EXPECT_THAT(records[0].value, HasSubstr(R"("after":{"id":"7","a":"1","b":"***"}})"));
}

TEST(Sensitive, OtherTablesAreNotConcerned) {
  PipeFixture pipe({RuleFor("shop", "t")});
  pipe.plan().sensitive = {Sensitive({NamePattern::Kind::kExact, "u"}, {{NamePattern::Kind::kRegex, ".*"}})};
  pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
}

TEST(Sensitive, AnErrorTextShowsNoSensitiveValue) {
  plan::TableRule rule = RuleFor("shop", "t");
  expr::Expr number;
  number.kind = expr::ExprKind::kCast;
  number.name = "cast";
  number.cast_type = Type{.kind = TypeKind::kInt};
  number.args = {ColumnExpr("b")};
  rule.select = {OutputItem(ColumnExpr("id"), "id"), OutputItem(CallExpr("sha256", {number}), "hash")};
  for (const bool sensitive : {false, true}) {
    PipeFixture pipe({rule});
    if (sensitive) {
      pipe.plan().sensitive = {Sensitive({NamePattern::Kind::kAny, ""}, {{NamePattern::Kind::kExact, "b"}})};
    }
    const TableVersion* table = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
    pipe.Begin();
    pipe.Insert(table, Row(1, 2, "4111-secret"));
    MessageBatch out;
    const Status applied = pipe.Apply(&out);
    ASSERT_FALSE(applied.ok());
    EXPECT_THAT(applied.error().message(), HasSubstr("cannot convert"));
    if (sensitive) {
      EXPECT_THAT(applied.error().message(), Not(HasSubstr("4111")));
      EXPECT_THAT(applied.error().message(), HasSubstr("(sensitive)"));
    } else {
      EXPECT_THAT(applied.error().message(), HasSubstr("4111-secret"));
    }
  }
}

TEST(Sensitive, AQuarantinedRowShowsStars) {
  plan::TableRule rule = RuleFor("shop", "t");
  expr::Expr number;
  number.kind = expr::ExprKind::kCast;
  number.name = "cast";
  number.cast_type = Type{.kind = TypeKind::kInt};
  number.args = {ColumnExpr("b")};
  rule.select = {OutputItem(ColumnExpr("id"), "id"), OutputItem(CallExpr("sha256", {number}), "hash")};
  plan::OnRule quarantine = On({"error transform"}, plan::ActionKind::kQuarantine);
  quarantine.to = TemplateOf("dead");
  rule.on.insert(rule.on.begin(), quarantine);
  PipeFixture pipe({rule});
  pipe.plan().sensitive = {Sensitive({NamePattern::Kind::kAny, ""}, {{NamePattern::Kind::kExact, "b"}})};
  const TableVersion* table = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Begin();
  pipe.Insert(table, Row(1, 2, "4111-secret"));
  std::vector<Record> records;
  ASSERT_TRUE(pipe.Run(&records).ok());
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].topic, "dead");
  EXPECT_THAT(records[0].value, HasSubstr("\"b\":\"***\""));
  EXPECT_THAT(records[0].value, Not(HasSubstr("4111")));
}

// `hmac_sha256(b, secret.NAME)` of shop.t.
plan::TableRule HashedWith(const std::string& secret) {
  plan::TableRule rule = RuleFor("shop", "t");
  expr::Expr key;
  key.kind = expr::ExprKind::kSecret;
  key.name = secret;
  rule.select = {OutputItem(ColumnExpr("id"), "id"), OutputItem(CallExpr("hmac_sha256", {ColumnExpr("b"), key}), "b")};
  return rule;
}

TEST(SecretArguments, AreReadWhenATableIsBound) {
  PipeFixture pipe({HashedWith("key")});
  pipe.secrets["key"] = std::make_shared<const std::string>("Jefe");
  const TableVersion* table = pipe.AddTable("shop", "t", PipeFixture::SmallSchema());
  pipe.Begin();
  pipe.Insert(table, Row(1, 2, "what do ya want for nothing?"));
  EXPECT_THAT(pipe.RunBriefly().at(0), HasSubstr("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

TEST(SecretArguments, OneThatThePlanDoesNotHaveIsRefused) {
  EXPECT_THAT(LeakError(HashedWith("other")), HasSubstr("[PIPE117 secret-in-data]"));
}

// A plan comes from a file: the engine takes nobody's word that no secret goes out.
TEST(SecretArguments, ASecretNeverBecomesData) {
  expr::Expr key;
  key.kind = expr::ExprKind::kSecret;
  key.name = "key";
  plan::SelectItem typed = OutputItem(key, "x");
  typed.as_type = Type{.kind = TypeKind::kVarchar, .length = 200};
  const expr::Expr kValues[] = {key, CallExpr("concat", {key, StringExpr("x")}), CallExpr("coalesce", {key}),
                                CallExpr("hmac_sha256", {key, StringExpr("x")}),
                                CallExpr("reveal", {key, StringExpr("x")})};
  std::vector<plan::SelectItem> items = {typed};
  for (const expr::Expr& value : kValues) items.push_back(OutputItem(value, "x"));
  for (const plan::SelectItem& item : items) {
    plan::TableRule rule = RuleFor("shop", "t");
    rule.select = {OutputItem(ColumnExpr("id"), "id"), item};
    PipeFixture pipe({rule});
    pipe.secrets["key"] = std::make_shared<const std::string>("hunter2");
    TableVersion version;
    version.schema = PipeFixture::SmallSchema();
    version.database = version.schema.database = "shop";
    version.table = "t";
    const Status bound = pipe.transform().Bind(&version);
    ASSERT_FALSE(bound.ok()) << expr::ToText(item.value);
    EXPECT_THAT(bound.error().message(), HasSubstr("[PIPE117 secret-in-data]"));
    EXPECT_THAT(bound.error().message(), Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace cdc::testing
