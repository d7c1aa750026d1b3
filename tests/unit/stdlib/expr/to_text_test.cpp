#include <gtest/gtest.h>

#include "stdlib/expr/expr.h"
#include "tests/unit/stdlib/expr/build.h"

namespace cdc::expr {
namespace {

TEST(ToText, WritesLiterals) {
  EXPECT_EQ(ToText(Str("it's\n\\")), "'it''s\\n\\\\'");
  EXPECT_EQ(ToText(Lit(LiteralKind::kBytes, "\x01\xff")), "x'01ff'");
  EXPECT_EQ(ToText(Regex("\\d+")), "r'\\d+'");
  EXPECT_EQ(ToText(Lit(LiteralKind::kDuration, "90000")), "90s");
  EXPECT_EQ(ToText(Lit(LiteralKind::kDuration, "3600000")), "1h");
  EXPECT_EQ(ToText(Lit(LiteralKind::kSize, "1048576")), "1MiB");
  EXPECT_EQ(ToText(Lit(LiteralKind::kBool, "true")), "true");
}

TEST(ToText, QuotesNamesThatNeedIt) {
  EXPECT_EQ(ToText(Col("status")), "status");
  EXPECT_EQ(ToText(Col("Order")), "Order");
  EXPECT_EQ(ToText(Col("key")), "`key`");
  EXPECT_EQ(ToText(Col("key", Image::kOld)), "old.key");
  EXPECT_EQ(ToText(Col("a b`c", Image::kNew)), "new.`a b``c`");
  EXPECT_EQ(ToText(Named(ExprKind::kMeta, "table")), "meta.table");
  EXPECT_EQ(ToText(Call("$param", {Str("env")})), "param.env");
}

TEST(ToText, WritesParenthesesWhereNeeded) {
  Expr a = Col("a"), b = Col("b"), c = Col("c");
  EXPECT_EQ(ToText(Call("*", {Call("+", {a, b}), c})), "(a + b) * c");
  EXPECT_EQ(ToText(Call("+", {a, Call("*", {b, c})})), "a + b * c");
  EXPECT_EQ(ToText(Call("-", {Call("-", {a, b}), c})), "a - b - c");
  EXPECT_EQ(ToText(Call("-", {a, Call("-", {b, c})})), "a - (b - c)");
  EXPECT_EQ(ToText(Call("and", {Call("or", {a, b}), c})), "(a or b) and c");
  EXPECT_EQ(ToText(Call("not", {Call("and", {a, b})})), "not (a and b)");
  EXPECT_EQ(ToText(Call("and", {Call("not", {a}), b})), "not a and b");
  EXPECT_EQ(ToText(Call("=", {Call("=", {a, b}), c})), "(a = b) = c");
  EXPECT_EQ(ToText(Call("-", {Call("-", {a})})), "-(-a)");
  EXPECT_EQ(ToText(Call("^", {Call("-", {a}), b})), "-a ^ b");
  EXPECT_EQ(ToText(Call("->>", {Col("doc"), Str("$.x")})), "doc ->> '$.x'");
}

TEST(ToText, WritesPredicates) {
  Expr a = Col("a");
  EXPECT_EQ(ToText(Call("not", {Call("is null", {a})})), "a is not null");
  EXPECT_EQ(ToText(Call("is true", {a})), "a is true");
  EXPECT_EQ(ToText(Call("in", {a, Int("1"), Int("2")})), "a in (1, 2)");
  EXPECT_EQ(ToText(Call("not", {Call("in", {a, Int("1")})})), "a not in (1)");
  EXPECT_EQ(ToText(Call("not", {Call("between", {a, Int("1"), Int("2")})})), "a not between 1 and 2");
  EXPECT_EQ(ToText(Call("not", {Call("like", {a, Str("x%")})})), "a not like 'x%'");
  EXPECT_EQ(ToText(Call("regexp", {a, Regex("x")})), "a regexp r'x'");
}

TEST(ToText, WritesCallsCasesAndCasts) {
  EXPECT_EQ(ToText(Call("mask", {Col("phone"), Int("3")}, {"", "keep_first"})), "mask(phone, keep_first => 3)");
  EXPECT_EQ(ToText(Cast(Col("note"), Decimal(5, 2), "try_cast")), "try_cast(note as decimal(5,2))");
  EXPECT_EQ(ToText(Case({Call("=", {Col("a"), Int("1")}), Str("x"), Str("y")}, false, true)),
            "case when a = 1 then 'x' else 'y' end");
  EXPECT_EQ(ToText(Case({Col("a"), Int("1"), Str("x")}, true, false)), "case a when 1 then 'x' end");
}

}  // namespace
}  // namespace cdc::expr
