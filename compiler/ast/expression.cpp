#include "compiler/ast/expression.h"

#include <utility>

namespace cdc::ast {
namespace {

bool IsCall(const Expr& expr, std::string_view name) { return expr.kind == expr::ExprKind::kCall && expr.name == name; }

std::optional<std::string> NameOf(const Expr& expr, std::string_view call) {
  if (!IsCall(expr, call) || expr.args.size() != 1) return std::nullopt;
  return expr.args[0].literal.text;
}

bool IsText(const Expr& expr) {
  return expr.kind == expr::ExprKind::kLiteral && expr.literal.kind == expr::LiteralKind::kString;
}

TemplatePart MakePart(const Expr& expr) {
  bool text = IsText(expr);
  return {text ? TemplatePart::Kind::kText : TemplatePart::Kind::kPlaceholder,
          text ? expr.literal.text : expr.args.at(0).literal.text, SpanOf(expr)};
}

}  // namespace

std::optional<Template> AsTemplate(const Expr& expr) {
  Template result;
  result.span = SpanOf(expr);
  if (IsText(expr)) {
    if (!expr.literal.text.empty()) result.parts.push_back(MakePart(expr));
    return result;
  }
  if (!IsCall(expr, kTemplateCall)) return std::nullopt;
  for (const Expr& part : expr.args) result.parts.push_back(MakePart(part));
  return result;
}

std::optional<std::string> AsParam(const Expr& expr) { return NameOf(expr, kParamCall); }
std::optional<std::string> AsSecret(const Expr& expr) { return NameOf(expr, kSecretCall); }

std::optional<std::string> AsWord(const Expr& expr) {
  if (expr.kind != expr::ExprKind::kColumn || expr.image != expr::Image::kCurrent) return std::nullopt;
  return expr.name;
}

std::optional<std::vector<std::string>> AsName(const Expr& expr) {
  if (std::optional<std::string> word = AsWord(expr)) return std::vector<std::string>{*word};
  if (!IsCall(expr, kNameCall)) return std::nullopt;
  std::vector<std::string> words;
  for (const Expr& arg : expr.args) words.push_back(arg.literal.text);
  return words;
}

}  // namespace cdc::ast
