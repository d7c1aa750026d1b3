#include "stdlib/expr/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stdlib/core/names.h"
#include "stdlib/expr/fold.h"
#include "tests/unit/stdlib/expr/build.h"

namespace cdc::expr {
namespace {

using ::testing::HasSubstr;

class UsersScope : public Scope {
 public:
  UsersScope() {
    auto labels = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"new", "paid", "shipped"});
    Type status = NotNull(Make(TypeKind::kEnum));
    status.labels = labels;
    Type flags = Make(TypeKind::kSet);
    flags.labels = labels;
    Type id = NotNull(Make(TypeKind::kBigInt));
    id.is_unsigned = true;
    Type secret = Make(TypeKind::kVarchar, 40);
    secret.sensitive = true;
    columns = {{"id", id},
               {"email", Make(TypeKind::kVarchar, 64)},
               {"phone", secret},
               {"status", status},
               {"flags", flags},
               {"cents", NotNull(Make(TypeKind::kInt))},
               {"big", NotNull(Make(TypeKind::kBigInt))},
               {"price", NotNull(Decimal(10, 2))},
               {"created_at", Make(TypeKind::kDatetime)},
               {"seen_at", Make(TypeKind::kTimestamp)},
               {"born", Make(TypeKind::kDate)},
               {"doc", Make(TypeKind::kJson)},
               {"small", NotNull(Make(TypeKind::kTinyInt))},
               {"real", Make(TypeKind::kDouble)},
               {"place", Make(TypeKind::kGeometry)}};
  }

  std::optional<ColumnRef> FindColumn(std::string_view name) const override {
    if (unknown) return ColumnRef{};
    for (size_t i = 0; i < columns.size(); ++i) {
      if (SameName(columns[i].first, name)) return ColumnRef{static_cast<int>(i), columns[i].second};
    }
    return std::nullopt;
  }
  std::vector<std::string> ColumnNames() const override {
    std::vector<std::string> names;
    for (const auto& [name, type] : columns) names.push_back(name);
    return names;
  }
  std::string TableName() const override { return "shop.users"; }
  std::vector<std::string> MatchNames() const override { return {"shard"}; }
  uint32_t MatchLengthMax(std::string_view) const override { return 2; }
  bool HasImages() const override { return images; }
  bool HasColumns() const override { return rows; }

  std::vector<std::pair<std::string, Type>> columns;
  bool unknown = false;
  bool images = true;
  bool rows = true;
};

class ResolveTest : public ::testing::Test {
 protected:
  // "PIPE101 message | label", or the type.
  static std::string Say(const Resolution& resolution) {
    if (resolution.problems.empty()) {
      return (resolution.typed ? "" : "unresolved ") + TypeText(resolution.type) +
             (resolution.type.nullable ? "" : " not null");
    }
    const Problem& problem = resolution.problems[0];
    return "PIPE" + std::to_string(problem.id) + " " + problem.message +
           (problem.label.empty() ? "" : " | " + problem.label);
  }
  std::string Type1(const Expr& expr) { return Say(Resolve(expr, scope)); }
  std::string As(const Expr& expr, const Type& type) { return Say(ResolveAs(expr, type, scope)); }
  std::string Condition(const Expr& expr) { return Say(ResolveCondition(expr, scope)); }

  // The columns that the condition proves not to be NULL, in the table's order.
  std::string Proven(const Expr& condition) {
    const Resolution resolution = ResolveCondition(condition, scope);
    if (!resolution.typed) return Say(resolution);
    std::string names;
    for (int column : ColumnsProvenNotNull(*resolution.typed)) {
      const std::string& name = scope.columns[static_cast<size_t>(column)].first;
      names += (names.empty() ? "" : " ") + name;
    }
    return names;
  }

  UsersScope scope;
};

TEST_F(ResolveTest, UnknownNamesAreCorrected) {
  EXPECT_EQ(Type1(Col("emial")), "PIPE101 unknown column `emial` in table `shop.users` | did you mean `email`?");
  EXPECT_EQ(Type1(Named(ExprKind::kMeta, "gtdi")), "PIPE103 unknown name `meta.gtdi` | did you mean `meta.gtid`?");
  EXPECT_EQ(Type1(Named(ExprKind::kMatch, "shrad")),
            "PIPE103 the table pattern has no group `shrad` | did you mean `match.shard`?");
  EXPECT_EQ(Type1(Call("uper", {Col("email")})), "PIPE104 unknown function `uper` | did you mean `upper`?");
  EXPECT_EQ(Type1(Call("masks.phone", {Col("email")})).substr(0, 7), "PIPE104");
}

TEST_F(ResolveTest, ArgumentsAreCounted) {
  EXPECT_EQ(Type1(Call("left", {Col("email")})), "PIPE105 `left` takes 2 arguments, and this has 1");
  EXPECT_EQ(Type1(Call("substring", {Col("email")})), "PIPE105 `substring` takes 2 to 3 arguments, and this has 1");
  EXPECT_EQ(Type1(Call("coalesce", {})), "PIPE105 `coalesce` takes at least 1 arguments, and this has 0");
  EXPECT_EQ(Type1(Call("mask", {Col("email"), Int("3")}, {"", "keep_fist"})),
            "PIPE105 `mask` has no argument `keep_fist` | did you mean `keep_first`?");
  EXPECT_EQ(Type1(Call("mask", {Col("email"), Int("3"), Int("2")}, {"", "", "keep_first"})),
            "PIPE105 `mask` gets this argument twice");
  EXPECT_EQ(Type1(Call("changed", {})).substr(0, 7), "PIPE105");
  EXPECT_EQ(Type1(Call("changed", {Int("1")})), "PIPE105 `changed` takes bare column names");
  EXPECT_EQ(Type1(Call("cast", {Col("email")})), "PIPE105 `cast` needs a type: `cast(value as type)`");
  EXPECT_EQ(Type1(Call("mask", {Col("email"), Int("2")}, {"", "keep_last"})), "varchar(64)");
}

TEST_F(ResolveTest, LiteralsMustFitTheirColumn) {
  EXPECT_EQ(Type1(Call("=", {Col("status"), Str("payed")})),
            "PIPE107 `'payed'` is no label of this `enum` | did you mean `'paid'`?");
  EXPECT_EQ(Type1(Call("in", {Col("status"), Str("paid"), Str("x")})), "PIPE107 `'x'` is no label of this `enum`");
  EXPECT_EQ(Type1(Call("=", {Str("new,payed"), Col("flags")})),
            "PIPE107 `'payed'` is no label of this `set` | did you mean `'paid'`?");
  EXPECT_EQ(Type1(Call("=", {Col("flags"), Str("new,paid")})), "bool");
  EXPECT_EQ(Type1(Case({Col("status"), Str("payd"), Int("1")}, true, false)),
            "PIPE107 `'payd'` is no label of this `enum` | did you mean `'paid'`?");
  EXPECT_EQ(Type1(Call(">", {Col("created_at"), Str("yesterday")})), "PIPE106 'yesterday' is no `datetime(6)`");
  EXPECT_EQ(Type1(Call("=", {Col("doc"), Str("{")})), "PIPE106 '{' is no `json`");
  EXPECT_EQ(Type1(Call("=", {Call("->", {Col("doc"), Str("$.a")}), Str("web")})), "bool");
  EXPECT_EQ(Type1(Call(">=", {Col("born"), Str("2024-01-01")})), "bool");
}

TEST_F(ResolveTest, ComparisonsOfDifferentKindsAreRefused) {
  EXPECT_EQ(Type1(Call("=", {Col("email"), Int("0")})), "PIPE111 `bigint` is compared with text, `varchar(64)`");
  EXPECT_THAT(Type1(Call("=", {Col("id"), Str("7")})), HasSubstr("PIPE111"));
  EXPECT_THAT(Type1(Call("=", {Col("status"), Int("1")})), HasSubstr("PIPE111"));
  EXPECT_THAT(Type1(Call(">", {Col("created_at"), Int("5")})),
              HasSubstr("PIPE106 `datetime` cannot be compared with `bigint`"));
  EXPECT_THAT(Type1(Call(">", {Col("created_at"), Named(ExprKind::kMeta, "committed_at")})), HasSubstr("PIPE112"));
  EXPECT_EQ(Type1(Call("=", {Col("seen_at"), Str("2024-01-01 00:00:00")})), "bool");
  EXPECT_EQ(Type1(Call("=", {Col("id"), Col("price")})), "bool not null");
  EXPECT_EQ(Type1(Call("<=>", {Col("email"), Null()})), "bool not null");
}

TEST_F(ResolveTest, ProblemsPointAtTheArgument) {
  Resolution resolution = Resolve(Call("in", {Col("status"), Str("paid"), Str("x")}), scope);
  ASSERT_EQ(resolution.problems.size(), 1u);
  EXPECT_EQ(resolution.problems[0].origin.begin, 30u);
  resolution = Resolve(Call("+", {Col("cents"), Col("email")}), scope);
  ASSERT_EQ(resolution.problems.size(), 1u);
  EXPECT_EQ(resolution.problems[0].id, 106);
  EXPECT_EQ(resolution.problems[0].origin.begin, 20u);
}

TEST_F(ResolveTest, OneProblemPerMistake) {
  Expr two = Call("and", {Call("=", {Col("emial"), Int("1")}), Call("=", {Col("status"), Str("payed")})});
  EXPECT_EQ(Resolve(two, scope).problems.size(), 2u);
  Expr nested = Call("upper", {Call("lower", {Call("trim", {Col("emial")})})});
  EXPECT_EQ(Resolve(nested, scope).problems.size(), 1u);
}

TEST_F(ResolveTest, PatternsAndPathsAreCheckedWithoutColumnsToo) {
  EXPECT_THAT(Type1(Call("regexp", {Col("email"), Regex("(?=x)")})), HasSubstr("PIPE113"));
  EXPECT_THAT(Type1(Call("regexp", {Col("email"), Col("email")})), HasSubstr("PIPE105"));
  EXPECT_THAT(Type1(Call("->", {Col("doc"), Str("a.b")})), HasSubstr("PIPE105 this is no JSON path"));
  EXPECT_THAT(Type1(Call("=", {Col("email"), Regex("x")})), HasSubstr("PIPE106"));
  scope.unknown = true;
  EXPECT_THAT(Type1(Call("regexp", {Col("email"), Regex("(?=x)")})), HasSubstr("PIPE113"));
  EXPECT_THAT(Type1(Call("->>", {Col("doc"), Str("$[*]")})), HasSubstr("PIPE105"));
}

TEST_F(ResolveTest, UnknownColumnsGiveNoErrorsButNames) {
  scope.unknown = true;
  Resolution resolution = Resolve(Call("=", {Call("+", {Col("anything"), Str("x")}), Int("0")}), scope);
  EXPECT_TRUE(resolution.problems.empty());
  EXPECT_FALSE(resolution.typed.has_value());
  EXPECT_EQ(resolution.skipped_checks, 2);
  EXPECT_EQ(resolution.type.kind, TypeKind::kUnknown);
  EXPECT_EQ(Type1(Call("left", {Col("x")})), "PIPE105 `left` takes 2 arguments, and this has 1");
  EXPECT_EQ(Type1(Cast(Col("x"), NotNull(Make(TypeKind::kInt)))), "unresolved int");
  EXPECT_EQ(As(Col("x"), NotNull(Make(TypeKind::kInt))), "unresolved int not null");
  EXPECT_EQ(Condition(Col("x")), "unresolved unknown");
  EXPECT_THAT(Type1(Call("=", {Cast(Col("x"), Make(TypeKind::kInt)), Str("a")})), HasSubstr("PIPE111"));
}

TEST_F(ResolveTest, ImagesAndRowsMustExist) {
  scope.images = false;
  EXPECT_THAT(Type1(Col("status", Image::kOld)), HasSubstr("PIPE119 `old.status`"));
  scope.rows = false;
  EXPECT_THAT(Type1(Col("status")), HasSubstr("PIPE132 `status`"));
}

TEST_F(ResolveTest, ArithmeticHasMySqlsTypes) {
  EXPECT_EQ(Type1(Call("+", {Col("cents"), Int("1")})), "bigint not null");
  EXPECT_EQ(Type1(Call("+", {Col("cents"), Col("id")})), "bigint unsigned not null");
  EXPECT_EQ(Type1(Call("+", {Col("price"), Col("cents")})), "decimal(13,2) not null");
  EXPECT_EQ(Type1(Call("*", {Col("price"), Col("price")})), "decimal(20,4) not null");
  EXPECT_EQ(Type1(Call("/", {Col("cents"), Int("100")})), "decimal(14,4) not null");
  EXPECT_EQ(Type1(Call("/", {Col("cents"), Int("0")})), "decimal(14,4)");
  EXPECT_EQ(Type1(Call("/", {Col("cents"), Col("cents")})), "decimal(14,4)");
  EXPECT_EQ(Type1(Call("*", {Col("price"), Col("real")})), "double");
  EXPECT_EQ(Type1(Call("round", {Col("price"), Int("1")})), "decimal(10,1) not null");
  EXPECT_EQ(Type1(Call("floor", {Col("price")})), "bigint not null");
  EXPECT_EQ(Type1(Call("&", {Col("cents"), Int("1")})), "bigint unsigned not null");
}

TEST_F(ResolveTest, TextKnowsItsLength) {
  EXPECT_EQ(Type1(Call("concat", {Col("email"), Str("-"), Col("cents")})), "varchar(76)");
  EXPECT_EQ(Type1(Call("left", {Col("email"), Int("3")})), "varchar(3)");
  EXPECT_EQ(Type1(Case({Call("is null", {Col("email")}), Str("none"), Col("status")}, false, true)),
            "varchar(7) not null");
  EXPECT_EQ(Type1(Call("coalesce", {Col("email"), Str("")})), "varchar(64) not null");
  EXPECT_EQ(Type1(Named(ExprKind::kMatch, "shard")), "varchar(2) not null");
}

TEST_F(ResolveTest, ConditionsMustBeConditions) {
  EXPECT_EQ(Condition(Call(">", {Col("cents"), Int("1")})), "bool not null");
  EXPECT_EQ(Condition(Col("small")), "tinyint not null");
  EXPECT_THAT(Condition(Col("email")), HasSubstr("PIPE106 this place needs a condition"));
  EXPECT_THAT(Condition(Call("and", {Col("cents"), Lit(LiteralKind::kBool, "true")})), HasSubstr("PIPE106"));
  EXPECT_THAT(Condition(Col("cents")), HasSubstr("compare it: `… <> 0`"));
}

TEST_F(ResolveTest, AsProvesRangeAndNullability) {
  EXPECT_EQ(As(Call("/", {Col("cents"), Int("100")}), NotNull(Decimal(12, 2))), "decimal(12,2) not null");
  EXPECT_THAT(As(Call("/", {Col("cents"), Int("100")}), Decimal(5, 2)),
              HasSubstr("PIPE110 a value of `decimal(12,4)` may be out of range of `decimal(5,2)`"));
  EXPECT_EQ(As(Call("/", {Col("big"), Int("100")}), Decimal(20, 2)), "decimal(20,2)");
  EXPECT_THAT(As(Col("phone"), NotNull(Make(TypeKind::kVarchar, 40))), HasSubstr("PIPE109"));
  EXPECT_THAT(As(Col("email"), Make(TypeKind::kVarchar, 32)),
              HasSubstr("PIPE110 a value of `varchar(64)` may be too long for `varchar(32)`"));
  EXPECT_EQ(As(Named(ExprKind::kMatch, "shard"), NotNull(Make(TypeKind::kChar, 2))), "char(2) not null");
  EXPECT_EQ(As(Col("small"), NotNull(Make(TypeKind::kBool))), "bool not null");
  EXPECT_EQ(As(Int("5"), NotNull(Make(TypeKind::kTinyInt))), "tinyint not null");
  EXPECT_THAT(As(Int("500"), Make(TypeKind::kTinyInt)), HasSubstr("PIPE110"));
  EXPECT_THAT(As(Col("email"), Make(TypeKind::kInt)), HasSubstr("PIPE110 not every `varchar(64)`"));
  EXPECT_EQ(As(Cast(Col("email"), Make(TypeKind::kInt), "try_cast"), Make(TypeKind::kInt)), "int");
  EXPECT_THAT(As(Col("place"), Make(TypeKind::kJson)), HasSubstr("PIPE106"));
  EXPECT_EQ(As(Null(), Make(TypeKind::kInt)), "int");
  Type unsigned_int = Make(TypeKind::kInt);
  unsigned_int.is_unsigned = true;
  EXPECT_THAT(As(Col("cents"), unsigned_int), HasSubstr("PIPE110"));
}

TEST_F(ResolveTest, FallibleCallsSaySo) {
  auto fallible = [&](const Expr& expr) { return Resolve(expr, scope).typed->fallible; };
  EXPECT_TRUE(fallible(Cast(Col("email"), Make(TypeKind::kInt))));
  EXPECT_TRUE(fallible(Call("+", {Cast(Col("email"), Make(TypeKind::kInt)), Int("1")})));
  EXPECT_FALSE(fallible(Cast(Col("email"), Make(TypeKind::kInt), "try_cast")));
  EXPECT_FALSE(fallible(Cast(Col("cents"), Make(TypeKind::kBigInt))));
  EXPECT_TRUE(fallible(Cast(Col("cents"), Make(TypeKind::kTinyInt))));
  EXPECT_FALSE(fallible(Cast(Col("cents"), Make(TypeKind::kVarchar, 20))));
  EXPECT_FALSE(fallible(Cast(Str("12"), Make(TypeKind::kInt))));
  EXPECT_FALSE(fallible(Call("concat", {Col("created_at"), Col("price")})));
  EXPECT_TRUE(Resolve(Cast(Col("email"), Make(TypeKind::kInt), "try_cast"), scope).type.nullable);
}

TEST_F(ResolveTest, SensitivityFollowsReads) {
  auto sensitive = [&](const Expr& expr) { return Resolve(expr, scope).type.sensitive; };
  EXPECT_TRUE(sensitive(Col("phone")));
  EXPECT_TRUE(sensitive(Call("concat", {Str("a"), Col("phone")})));
  EXPECT_TRUE(sensitive(Case({Call("=", {Col("phone"), Str("1")}), Int("1"), Int("2")}, false, true)));
  EXPECT_TRUE(sensitive(Cast(Col("phone"), Make(TypeKind::kInt), "try_cast")));
  EXPECT_FALSE(sensitive(Call("mask", {Col("phone")})));
  EXPECT_FALSE(sensitive(Call("sha256", {Call("lower", {Col("phone")})})));
  EXPECT_FALSE(sensitive(Call("is null", {Col("phone")})));
  EXPECT_TRUE(ResolveAs(Col("phone"), Make(TypeKind::kVarchar, 40), scope).type.sensitive);
}

TEST_F(ResolveTest, FoldsWhatIsKnown) {
  auto constant = [&](const Expr& expr) { return IsConstant(*Resolve(expr, scope).typed); };
  Expr yes = Lit(LiteralKind::kBool, "true"), no = Lit(LiteralKind::kBool, "false");
  EXPECT_TRUE(constant(Call("+", {Int("1"), Call("*", {Int("2"), Int("3")})})));
  EXPECT_TRUE(constant(Call("and", {no, Call("=", {Col("id"), Int("1")})})));
  EXPECT_TRUE(constant(Call("or", {yes, Call("=", {Col("id"), Int("1")})})));
  EXPECT_TRUE(constant(Case({Str("prod"), Str("prod"), Int("48"), Int("6")}, true, true)));
  EXPECT_TRUE(constant(Case({Str("dev"), Str("prod"), Int("48")}, true, false)));
  EXPECT_FALSE(constant(Case({Str("dev"), Str("dev"), Col("cents"), Int("6")}, true, true)));
  Resolution branch = Resolve(Call("if", {yes, Col("cents"), Col("big")}), scope);
  EXPECT_FALSE(IsConstant(*branch.typed));
  EXPECT_FALSE(constant(Cast(Str("x"), Make(TypeKind::kInt))));
  EXPECT_EQ(Type1(Call("coalesce", {Null(), Col("cents")})), "int not null");
}

TEST_F(ResolveTest, WhereNarrowsNullability) {
  Expr phone_known = Call("not", {Call("is null", {Col("Phone")})});
  Expr email_is_x = Call("=", {Col("email"), Str("x")});
  Expr no = Lit(LiteralKind::kBool, "false"), yes = Lit(LiteralKind::kBool, "true");
  Expr born_is_null = Call("is null", {Col("born")});
  auto both = [](Expr a, Expr b) { return Call("and", {std::move(a), std::move(b)}); };
  auto either = [](Expr a, Expr b) { return Call("or", {std::move(a), std::move(b)}); };
  auto opposite = [](Expr a) { return Call("not", {std::move(a)}); };

  EXPECT_EQ(Proven(both(phone_known, email_is_x)), "email phone");
  EXPECT_EQ(Proven(either(phone_known, email_is_x)), "");
  EXPECT_EQ(Proven(either(both(phone_known, email_is_x), both(Call("=", {Col("real"), Int("1")}), phone_known))),
            "phone");
  EXPECT_EQ(Proven(opposite(either(Call("is null", {Col("phone")}), born_is_null))), "phone born");
  EXPECT_EQ(Proven(opposite(both(Call("is null", {Col("phone")}), born_is_null))), "");
  // Everything strict passes NULL on.
  EXPECT_EQ(Proven(Call("<>", {Call("lower", {Call("trim", {Col("email")})}), Col("phone")})), "email phone");
  EXPECT_EQ(Proven(Call(">", {Call("+", {Col("real"), Col("small")}), Int("1")})), "small real");
  EXPECT_EQ(Proven(Call("xor", {Call(">", {Col("real"), Int("1")}), email_is_x})), "email real");
  EXPECT_EQ(Proven(Call("like", {Col("email"), Str("x%")})), "email");
  EXPECT_EQ(Proven(opposite(Call("like", {Col("email"), Str("x%")}))), "email");
  EXPECT_EQ(Proven(Call("=", {Call("concat_ws", {Str(","), Col("email")}), Str("x")})), "");
  EXPECT_EQ(Proven(Col("small")), "small");
  // Operators that see NULLs.
  EXPECT_EQ(Proven(opposite(Call("in", {Col("email"), Str("x"), Str("y")}))), "email");
  EXPECT_EQ(Proven(Call("in", {Str("x"), Col("email"), Col("phone")})), "");
  EXPECT_EQ(Proven(Call("between", {Col("real"), Int("1"), Col("small")})), "small real");
  EXPECT_EQ(Proven(opposite(Call("between", {Col("real"), Int("1"), Col("small")}))), "real");
  EXPECT_EQ(Proven(opposite(Call("<=>", {Col("email"), Null()}))), "email");
  EXPECT_EQ(Proven(Call("<=>", {Col("email"), Null()})), "");
  EXPECT_EQ(Proven(Call("<=>", {Col("email"), Str("x")})), "email");
  EXPECT_EQ(Proven(opposite(Call("<=>", {Col("email"), Str("x")}))), "");
  EXPECT_EQ(Proven(Call("<=>", {Col("email"), Col("phone")})), "");
  EXPECT_EQ(Proven(Call("is true", {email_is_x})), "email");
  EXPECT_EQ(Proven(opposite(Call("is true", {email_is_x}))), "");
  EXPECT_EQ(Proven(Call("is false", {email_is_x})), "email");
  // What stands for NULL decides.
  EXPECT_EQ(Proven(Call("coalesce", {email_is_x, no})), "email");
  EXPECT_EQ(Proven(Call("coalesce", {email_is_x, yes})), "");
  EXPECT_EQ(Proven(opposite(Call("coalesce", {email_is_x, yes}))), "email");
  EXPECT_EQ(Proven(Call("<>", {Call("coalesce", {Col("email"), Str("")}), Str("")})), "");
  EXPECT_EQ(Proven(Call("=", {Call("coalesce", {Col("email"), Col("email")}), Str("")})), "email");
  EXPECT_EQ(Proven(Call("if", {phone_known, email_is_x, no})), "email phone");
  EXPECT_EQ(Proven(Call("if", {born_is_null, email_is_x, phone_known})), "");
  EXPECT_EQ(Proven(Case({phone_known, yes}, false, false)), "phone");
  EXPECT_EQ(Proven(Case({phone_known, yes, email_is_x, yes, no}, false, true)), "");
  EXPECT_EQ(Proven(Case({Col("email"), Str("x"), yes, no}, true, true)), "email");
}

TEST_F(ResolveTest, AnImageThatMayBeMissingIsNullable) {
  Expr before = Col("id"), after = Col("id");
  before.image = Image::kOld;
  after.image = Image::kNew;
  EXPECT_EQ(Type1(Col("id")), "bigint unsigned not null");
  EXPECT_EQ(Type1(before), "bigint unsigned");
  EXPECT_EQ(Type1(after), "bigint unsigned");
}

}  // namespace
}  // namespace cdc::expr
