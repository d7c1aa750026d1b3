#include <gtest/gtest.h>

#include "tests/unit/compiler/parse/parsed.h"

namespace cdc::parse {
namespace {

using expr::ExprKind;
using expr::LiteralKind;

// The tree in a form that shows grouping, images and kinds of literals.
std::string Show(const ast::Expr& e) {
  if (e.kind == ExprKind::kLiteral) {
    switch (e.literal.kind) {
      case LiteralKind::kString:
        return "'" + e.literal.text + "'";
      case LiteralKind::kNull:
        return "null";
      case LiteralKind::kDuration:
        return e.literal.text + "ms";
      case LiteralKind::kSize:
        return e.literal.text + "bytes";
      case LiteralKind::kRegex:
        return "r'" + e.literal.text + "'";
      case LiteralKind::kBytes:
        return "x'" + e.literal.text + "'";
      default:
        return e.literal.text;
    }
  }
  if (e.kind == ExprKind::kColumn) {
    return (e.image == expr::Image::kOld ? "old." : e.image == expr::Image::kNew ? "new." : "") + e.name;
  }
  if (e.kind == ExprKind::kMeta) return "meta." + e.name;
  if (e.kind == ExprKind::kMatch) return "match." + e.name;
  std::string name = e.kind == ExprKind::kCase ? "case" : e.name;
  std::string text = "(" + name;
  if (e.kind == ExprKind::kCase && e.has_operand) text += " operand";
  if (e.kind == ExprKind::kCase && e.has_else) text += " else";
  for (size_t i = 0; i < e.args.size(); ++i) {
    text += " ";
    if (!e.arg_names.empty() && !e.arg_names[i].empty()) text += e.arg_names[i] + "=>";
    text += Show(e.args[i]);
  }
  if (e.kind == ExprKind::kCast) text += " as " + std::to_string(static_cast<int>(e.cast_type.kind));
  return text + ")";
}

std::string Tree(const std::string& text) {
  ParsedWhere parsed(text);
  if (!parsed.diagnostics.empty()) return parsed.Errors();
  return Show(parsed.expr());
}

TEST(Expression, PrecedenceIsMySqls) {
  EXPECT_EQ(Tree("a or b and not c = 1"), "(or a (and b (not (= c 1))))");
  EXPECT_EQ(Tree("a xor b or c"), "(or (xor a b) c)");
  EXPECT_EQ(Tree("a + b * c - d = e | f & g << 2 ^ h"), "(= (- (+ a (* b c)) d) (| e (& f (<< g (^ 2 h)))))");
  EXPECT_EQ(Tree("-a ^ b > +c"), "(> (^ (- a) b) c)");
  EXPECT_EQ(Tree("a % b <> c mod d"), "(<> (mod a b) (mod c d))");
  EXPECT_EQ(Tree("(a or b) and c"), "(and (or a b) c)");
  EXPECT_EQ(Tree("a - b - c = 1"), "(= (- (- a b) c) 1)");
  EXPECT_EQ(Tree("a != b"), "(<> a b)");
}

TEST(Expression, PredicatesAndTheirNegations) {
  EXPECT_EQ(Tree("a is not null"), "(not (is null a))");
  EXPECT_EQ(Tree("a is true and b is false"), "(and (is true a) (is false b))");
  EXPECT_EQ(Tree("a not in (1, 2)"), "(not (in a 1 2))");
  EXPECT_EQ(Tree("a between 1 and 2 and b"), "(and (between a 1 2) b)");
  EXPECT_EQ(Tree("a not like 'x%' or b rlike r'y'"), "(or (not (like a 'x%')) (regexp b r'y'))");
  EXPECT_EQ(Tree("a <=> null"), "(<=> a null)");
}

TEST(Expression, Names) {
  EXPECT_EQ(Tree("old.key and NEW.`a``b` and meta.COMMITTED_AT and match.shard"),
            "(and (and (and old.key new.a`b) meta.committed_at) match.shard)");
  EXPECT_EQ(Tree("param.env and secret.s and house.kafka and a.b.c"),
            "(and (and (and ($param 'env') ($secret 's')) ($name 'house' 'kafka')) ($name 'a' 'b' 'c'))");
  EXPECT_EQ(Tree("topic = format and test"), "(and (= topic format) test)");
}

TEST(Expression, CallsCasesAndCasts) {
  EXPECT_EQ(Tree("COALESCE(a, 1) and masks.phone(b, keep_last => 2)"),
            "(and (coalesce a 1) (masks.phone b keep_last=>2))");
  EXPECT_EQ(Tree("insert(a, 1) and replace(b) and mod(c, 2)"), "(and (and (insert a 1) (replace b)) (mod c 2))");
  EXPECT_EQ(Tree("case when a then 1 else 2 end"), "(case else a 1 2)");
  EXPECT_EQ(Tree("case x when 1 then 2 end"), "(case operand x 1 2)");
  EXPECT_EQ(Tree("attributes ->> '$.a' -> '$.b'"), "(-> (->> attributes '$.a') '$.b')");
  EXPECT_EQ(Tree("a + interval 3 DAY > b"), "(> (+ a ($interval 3 'day')) b)");
  ParsedWhere cast("try_cast(a as decimal(5, 4) not null)");
  ASSERT_TRUE(cast.diagnostics.empty()) << cast.Errors();
  EXPECT_EQ(cast.expr().name, "try_cast");
  EXPECT_EQ(cast.expr().cast_type.kind, TypeKind::kDecimal);
  EXPECT_EQ(cast.expr().cast_type.precision, 5);
  EXPECT_EQ(cast.expr().cast_type.scale, 4);
  EXPECT_FALSE(cast.expr().cast_type.nullable);
}

TEST(Expression, Literals) {
  EXPECT_EQ(Tree(R"(f('it''s \n \% \_ \\ \x', 100_000, 1.50, 1e3, null, true))"),
            "(f 'it's \n \\% \\_ \\ x' 100000 1.50 1e3 null true)");
  EXPECT_EQ(Tree("f(90s, 200ms, 7d, 1MiB, 2KB)"), "(f 90000ms 200ms 604800000ms 1048576bytes 2000bytes)");
  EXPECT_EQ(Tree("f(0x4142, x'43', b'1000100')"), "(f x'AB' x'C' x'D')");
  EXPECT_EQ(Tree("\"a$$b$database$-$param.env$\""),
            "($template 'a$b' ($placeholder 'database') '-' ($placeholder 'param.env'))");
}

TEST(Expression, Origins) {
  ParsedWhere parsed("abc = (de + 1)");
  const ast::Expr& e = parsed.expr();
  EXPECT_EQ(parsed.files.Get(0).Slice(ast::SpanOf(e)), "abc = (de + 1)");
  EXPECT_EQ(parsed.files.Get(0).Slice(ast::SpanOf(e.args[1])), "de + 1");
  EXPECT_EQ(parsed.files.Get(0).Slice(ast::SpanOf(e.args[1].args[0])), "de");
}

int Depth(const ast::Expr& e) {
  int depth = 0;
  for (const ast::Expr& arg : e.args) depth = std::max(depth, Depth(arg));
  return depth + 1;
}

TEST(Expression, LongChainsDoNotNest) {
  std::string text = "a = 0";
  for (int i = 1; i < 20000; ++i) text += " or a = " + std::to_string(i);
  ParsedWhere parsed(text);
  ASSERT_TRUE(parsed.diagnostics.empty()) << parsed.Errors();
  EXPECT_LT(Depth(parsed.expr()), 60);
  int count = 0;
  int64_t last = -1;
  ast::ForEach(parsed.expr(), [&](const ast::Expr& e) {
    if (e.kind != ExprKind::kLiteral) return;
    EXPECT_EQ(std::stoll(e.literal.text), last + 1);
    last = std::stoll(e.literal.text);
    ++count;
  });
  EXPECT_EQ(count, 20000);
}

TEST(Expression, LimitsHaveNames) {
  std::string chain = "a";
  for (int i = 0; i <= kChainMax; ++i) chain += " + a";
  EXPECT_NE(Tree(chain).find("[PIPE011]"), std::string::npos);
  auto nested = [](int depth) {
    return std::string(static_cast<size_t>(depth), '(') + "a" + std::string(static_cast<size_t>(depth), ')');
  };
  EXPECT_EQ(Tree(nested(190)), "a");
  EXPECT_NE(Tree(nested(kNestingMax + 1)).find("[PIPE011]"), std::string::npos);
  std::string nots;
  for (int i = 0; i < 300; ++i) nots += "not ";
  EXPECT_NE(Tree(nots + "a").find("[PIPE011]"), std::string::npos);
  EXPECT_NE(Tree("a = 99999999999999999999d").find("[PIPE011]"), std::string::npos);
}

}  // namespace
}  // namespace cdc::parse
