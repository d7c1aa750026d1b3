#include "compiler/ast/expression.h"

#include <gtest/gtest.h>

namespace cdc::ast {
namespace {

Expr Text(std::string text) {
  Expr expr;
  expr.literal = {expr::LiteralKind::kString, std::move(text)};
  return expr;
}

Expr Call(std::string_view name, std::vector<Expr> args) {
  Expr expr;
  expr.kind = expr::ExprKind::kCall;
  expr.name = std::string(name);
  expr.args = std::move(args);
  return expr;
}

TEST(Expression, TemplatesComeApart) {
  Expr expr = Call(kTemplateCall, {Text("a-"), Call(kPlaceholderCall, {Text("param.env")})});
  std::optional<Template> made = AsTemplate(expr);
  ASSERT_TRUE(made.has_value());
  ASSERT_EQ(made->parts.size(), 2u);
  EXPECT_EQ(made->parts[0].kind, TemplatePart::Kind::kText);
  EXPECT_EQ(made->parts[1].kind, TemplatePart::Kind::kPlaceholder);
  EXPECT_EQ(made->parts[1].text, "param.env");
  EXPECT_EQ(AsTemplate(Text("plain"))->parts.size(), 1u);
  EXPECT_TRUE(AsTemplate(Text(""))->parts.empty());
  EXPECT_FALSE(AsTemplate(Call("f", {})).has_value());
}

TEST(Expression, NamesAreRecognised) {
  EXPECT_EQ(AsParam(Call(kParamCall, {Text("env")})), "env");
  EXPECT_FALSE(AsParam(Call(kSecretCall, {Text("env")})).has_value());
  EXPECT_EQ(AsSecret(Call(kSecretCall, {Text("salt")})), "salt");
  Expr word;
  word.kind = expr::ExprKind::kColumn;
  word.name = "zstd";
  EXPECT_EQ(AsWord(word), "zstd");
  EXPECT_EQ(AsName(word)->size(), 1u);
  word.image = expr::Image::kOld;
  EXPECT_FALSE(AsWord(word).has_value());
  EXPECT_EQ(AsName(Call(kNameCall, {Text("house"), Text("kafka")}))->back(), "kafka");
}

TEST(Expression, ForEachSeesParentsFirst) {
  std::vector<std::string> seen;
  ForEach(Call("f", {Call("g", {}), Call("h", {})}), [&](const Expr& expr) { seen.push_back(expr.name); });
  EXPECT_EQ(seen, (std::vector<std::string>{"f", "g", "h"}));
}

}  // namespace
}  // namespace cdc::ast
