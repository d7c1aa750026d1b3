#include "compiler/diff/implies.h"

#include <gtest/gtest.h>

namespace cdc::diff {
namespace {

using expr::Expr;
using expr::ExprKind;
using expr::LiteralKind;

Expr Literal(LiteralKind kind, const std::string& text) {
  Expr made;
  made.literal = {kind, text};
  return made;
}
Expr Int(const std::string& digits) { return Literal(LiteralKind::kInteger, digits); }
Expr Text(const std::string& text) { return Literal(LiteralKind::kString, text); }
Expr Col(const std::string& name) {
  Expr made;
  made.kind = ExprKind::kColumn;
  made.name = name;
  return made;
}
Expr Call(const std::string& name, std::vector<Expr> args) {
  Expr made;
  made.kind = ExprKind::kCall;
  made.name = name;
  made.args = std::move(args);
  return made;
}
Expr Is(const std::string& value) { return Call("=", {Col("status"), Text(value)}); }

TEST(Implies, SetsOfValues) {
  const Expr two = Call("in", {Col("Status"), Text("paid"), Text("shipped")});
  EXPECT_TRUE(Implies(Is("paid"), two));
  EXPECT_FALSE(Implies(two, Is("paid")));
  EXPECT_TRUE(Implies(two, Call("or", {Is("shipped"), Is("paid")})));
  EXPECT_TRUE(Implies(Call("or", {Is("shipped"), Is("paid")}), two));
  EXPECT_FALSE(Implies(two, Call("or", {Is("shipped"), Is("draft")})));
  EXPECT_FALSE(Implies(Call("not", {two}), Is("paid")));
}

TEST(Implies, PartsOfAndAndOr) {
  const Expr a = Is("a");
  const Expr b = Call(">", {Col("total"), Int("5")});
  EXPECT_TRUE(Implies(Call("and", {a, b}), a));
  EXPECT_TRUE(Implies(Call("and", {a, b}), Call("and", {b, a})));
  EXPECT_TRUE(Implies(a, Call("or", {b, a})));
  EXPECT_FALSE(Implies(Call("or", {a, b}), a));
  EXPECT_FALSE(Implies(a, Call("and", {a, b})));
}

TEST(Implies, BoundsOfNumbers) {
  const Expr more_than_5 = Call(">", {Col("total"), Int("5")});
  EXPECT_TRUE(Implies(more_than_5, Call(">=", {Col("total"), Int("5")})));
  EXPECT_FALSE(Implies(Call(">=", {Col("total"), Int("5")}), more_than_5));
  EXPECT_TRUE(Implies(more_than_5, Call("<", {Call("-", {Int("5")}), Col("total")})));
  EXPECT_FALSE(Implies(more_than_5, Call("<", {Col("total"), Int("9")})));
  EXPECT_FALSE(Implies(more_than_5, Call(">", {Col("other"), Int("4")})));
  EXPECT_TRUE(
      Implies(Call("<", {Col("total"), Int("5")}), Call("<", {Col("total"), Literal(LiteralKind::kDecimal, "5.5")})));
  // Where doubles end, nothing is told.
  EXPECT_FALSE(
      Implies(Call(">", {Col("total"), Int("9007199254740993")}), Call(">", {Col("total"), Int("9007199254740992")})));
}

TEST(Implies, EndsOnLargeConditions) {
  Expr a = Is("0");
  Expr b = Is("x");
  for (int i = 1; i < 300; ++i) {
    a = Call(i % 2 == 0 ? "and" : "or", {a, Is(std::to_string(i))});
    b = Call(i % 2 == 0 ? "or" : "and", {b, Is(std::to_string(i + 1000))});
  }
  EXPECT_FALSE(Implies(a, b));
}

}  // namespace
}  // namespace cdc::diff
