#include <utility>

#include "compiler/parse/build.h"
#include "compiler/parse/literals.h"
#include "compiler/parse/parse.h"
#include "stdlib/core/names.h"

namespace cdc::parse {
namespace {

using expr::ExprKind;
using expr::LiteralKind;

// The registry's name of an operator.
std::string OperatorName(const std::string& word) {
  if (word == "!=") return "<>";
  if (word == "%") return "mod";
  if (word == "rlike") return "regexp";
  if (word == "&&") return "and";
  if (word == "||") return "or";
  return word;
}

// Operators of any grouping give the same answer for these, so a long chain becomes a flat tree.
bool IsAssociative(const std::string& name) { return name == "and" || name == "or" || name == "xor"; }

bool IsChainRule(Rule rule) { return rule == Rule::kExpression || rule == Rule::kValue; }

}  // namespace

ast::Expr Builder::MakeCall(std::string name, std::vector<ast::Expr> args, ast::Span span) const {
  ast::Expr call;
  call.kind = ExprKind::kCall;
  call.name = std::move(name);
  call.args = std::move(args);
  call.origin = ast::ToOrigin(span);
  return call;
}

ast::Expr Builder::MakeLiteral(LiteralKind kind, std::string text, ast::Span span) const {
  ast::Expr literal;
  literal.literal = {kind, std::move(text)};
  literal.origin = ast::ToOrigin(span);
  return literal;
}

ast::Expr Builder::BuildExpr(const Node& node) {
  switch (node.rule) {
    case Rule::kPredicate:
      return BuildPredicate(node);
    case Rule::kPrimary:
      return BuildPrimary(node);
    case Rule::kLiteral:
      return BuildLiteral(node);
    default:
      return BuildChain(node);
  }
}

void Builder::CheckBanned(const Node& op) {
  const std::string& text = FirstToken(op).word;
  if (text != "&&" && text != "||") return;
  std::string plain = text == "&&" ? "and" : "or";
  diag::Diagnostic& made =
      diagnostics_->Report(diag::Kind::kUnsupportedOperator, SpanOf(op),
                           "`" + text + "` is not an operator of this language", "write `" + plain + "`");
  if (text == "||") made.notes.push_back("MySQL reads `||` as `or`; to join texts, write `concat(a, b)`");
  made.fixes.push_back({"write `" + plain + "`", diag::Applicability::kMaybe, {{SpanOf(op), plain}}});
}

bool Builder::CheckChain(size_t operators, ast::Span span) {
  if (operators <= static_cast<size_t>(kChainMax)) return true;
  diagnostics_->Report(diag::Kind::kTooLarge, span,
                       "more than " + std::to_string(kChainMax) + " operators in one chain");
  return false;
}

// expression and value: `a`, `op a`, `a op b`. The left side of a chain `a op b op c` is as deep as the chain
// is long, so it is walked, not recursed into.
ast::Expr Builder::BuildChain(const Node& node) {
  struct Step {
    const Node* op;
    const Node* right;
    const Node* whole;
  };
  std::vector<Step> steps;
  const Node* left = &node;
  while (IsChainRule(left->rule)) {
    Children rest = Of(*left);
    const Node& first = rest.Take();
    if (first.is_token || rest.done()) break;
    const Node& op = rest.Take();
    steps.push_back({&op, &rest.Take(), left});
    left = &first;
  }
  ast::Expr result;
  Children rest = Of(*left);
  if (IsChainRule(left->rule) && rest.Peek().is_token) {
    const std::string op = FirstToken(rest.Take()).word;
    ast::Expr operand = BuildExpr(rest.Take());
    std::vector<ast::Expr> args;
    args.push_back(std::move(operand));
    result = op == "+" ? std::move(args[0]) : MakeCall(op, std::move(args), SpanOf(*left));
  } else {
    result = BuildExpr(IsChainRule(left->rule) ? rest.Take() : *left);
  }
  bool associative = !steps.empty() && IsAssociative(OperatorName(FirstToken(*steps.back().op).word));
  if (!associative && !CheckChain(steps.size(), SpanOf(node))) return result;
  for (size_t i = steps.size(); i > 0;) {
    std::string name = OperatorName(FirstToken(*steps[i - 1].op).word);
    std::vector<ast::Expr> operands;
    operands.push_back(std::move(result));
    size_t taken = 0;
    while (i > 0 && OperatorName(FirstToken(*steps[i - 1].op).word) == name && (taken == 0 || IsAssociative(name))) {
      CheckBanned(*steps[i - 1].op);
      operands.push_back(BuildExpr(*steps[i - 1].right));
      --i;
      ++taken;
    }
    ast::Span span = SpanOf(*steps[i].whole);
    result = Combine(name, std::move(operands), 0, taken + 1);
    result.origin = ast::ToOrigin(span);
  }
  return result;
}

// Left to right for a few operands; halves for many, so that a thousand `or` are ten calls deep.
ast::Expr Builder::Combine(std::string name, std::vector<ast::Expr> operands, size_t begin, size_t end) {
  constexpr size_t kLeftDeepMax = 32;
  auto join = [&](ast::Expr left, ast::Expr right) {
    ast::Span span = source::Cover(ast::SpanOf(left), ast::SpanOf(right));
    std::vector<ast::Expr> args;
    args.push_back(std::move(left));
    args.push_back(std::move(right));
    return MakeCall(name, std::move(args), span);
  };
  std::vector<ast::Expr> level(std::make_move_iterator(operands.begin() + static_cast<ptrdiff_t>(begin)),
                               std::make_move_iterator(operands.begin() + static_cast<ptrdiff_t>(end)));
  while (level.size() > kLeftDeepMax) {
    std::vector<ast::Expr> halved;
    for (size_t i = 0; i < level.size(); i += 2) {
      bool pair = i + 1 < level.size();
      halved.push_back(pair ? join(std::move(level[i]), std::move(level[i + 1])) : std::move(level[i]));
    }
    level = std::move(halved);
  }
  ast::Expr result = std::move(level[0]);
  for (size_t i = 1; i < level.size(); ++i) result = join(std::move(result), std::move(level[i]));
  return result;
}

ast::Expr Builder::BuildPredicate(const Node& node) {
  Children rest = Of(node);
  ast::Expr left = BuildExpr(rest.Take());
  if (rest.done()) return left;
  if (rest.Accept("is")) return BuildIs(std::move(left), &rest, node);
  bool negated = rest.Accept("not");
  std::string name = OperatorName(FirstToken(rest.Take()).word);
  std::vector<ast::Expr> args;
  args.push_back(std::move(left));
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) args.push_back(BuildExpr(child));
  }
  ast::Expr result = MakeCall(std::move(name), std::move(args), SpanOf(node));
  if (!negated) return result;
  std::vector<ast::Expr> inner;
  inner.push_back(std::move(result));
  return MakeCall("not", std::move(inner), SpanOf(node));
}

ast::Expr Builder::BuildIs(ast::Expr left, Children* rest, const Node& whole) {
  bool negated = rest->Accept("not");
  std::vector<ast::Expr> args;
  args.push_back(std::move(left));
  ast::Expr result = MakeCall("is " + FirstToken(rest->Take()).word, std::move(args), SpanOf(whole));
  if (!negated) return result;
  std::vector<ast::Expr> inner;
  inner.push_back(std::move(result));
  return MakeCall("not", std::move(inner), SpanOf(whole));
}

ast::Expr Builder::BuildPrimary(const Node& node) {
  Children rest = Of(node);
  if (rest.IsRule(Rule::kIdent)) return BuildNameOrCall(node);
  if (rest.IsRule(Rule::kLiteral)) return BuildLiteral(rest.Take());
  if (rest.IsRule(Rule::kPrimary)) {
    std::vector<const Node*> steps;  // `a -> '$.x' ->> '$.y'` is deep on its left side
    const Node* left = &node;
    while (!left->is_token && left->rule == Rule::kPrimary) {
      Children inner = Of(*left);
      if (!inner.IsRule(Rule::kPrimary)) break;
      steps.push_back(left);
      left = &inner.Take();
    }
    if (!CheckChain(steps.size(), SpanOf(*steps.back()))) return BuildPrimary(*left);
    ast::Expr result = BuildPrimary(*left);
    for (size_t i = steps.size(); i > 0; --i) {
      Children inner = Of(*steps[i - 1]);
      inner.Take();
      std::string name = FirstToken(inner.Take()).word;
      const Node& path = inner.Take();
      std::vector<ast::Expr> args;
      args.push_back(std::move(result));
      args.push_back(MakeLiteral(LiteralKind::kString, UnescapeString(TextOf(path)), SpanOf(path)));
      result = MakeCall(std::move(name), std::move(args), SpanOf(*steps[i - 1]));
    }
    return result;
  }
  if (rest.Is("case")) return BuildCase(node);
  if (rest.Accept("(")) return BuildExpr(rest.Take());
  if (rest.Accept("interval")) {
    std::vector<ast::Expr> args;
    args.push_back(BuildExpr(rest.Take()));
    const Node& unit = rest.Take();
    args.push_back(MakeLiteral(LiteralKind::kString, LowerAscii(BuildIdent(unit).text), SpanOf(unit)));
    return MakeCall(std::string(ast::kIntervalCall), std::move(args), SpanOf(node));
  }
  ast::Expr call = MakeCall(FirstToken(rest.Take()).word, {}, SpanOf(node));
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) BuildArguments(child, &call);
  }
  return call;
}

ast::Expr Builder::BuildNameOrCall(const Node& node) {
  std::vector<ast::Ident> words;
  const Node* arguments = nullptr;
  bool is_call = false;
  for (Children rest = Of(node); !rest.done();) {
    const Node& child = rest.Take();
    if (child.is_token) {
      is_call = is_call || FirstToken(child).word == "(";
    } else if (child.rule == Rule::kArguments) {
      arguments = &child;
    } else {
      words.push_back(BuildIdent(child));
    }
  }
  std::string first = words[0].quoted ? words[0].text : LowerAscii(words[0].text);
  if (is_call) {
    bool plain = words.size() == 1;
    if (plain && (first == "cast" || first == "try_cast")) return BuildCast(node, first, arguments);
    std::string name = plain ? first : words[0].text;
    for (size_t i = 1; i < words.size(); ++i) name += "." + words[i].text;
    ast::Expr call = MakeCall(std::move(name), {}, SpanOf(node));
    if (arguments != nullptr) BuildArguments(*arguments, &call);
    return call;
  }
  ast::Expr result;
  result.kind = ExprKind::kColumn;
  result.origin = ast::ToOrigin(SpanOf(node));
  result.name = words.back().text;
  if (words.size() == 1) return result;
  bool prefixed = words.size() == 2 && !words[0].quoted;
  if (prefixed && (first == "old" || first == "new")) {
    result.image = first == "old" ? expr::Image::kOld : expr::Image::kNew;
    return result;
  }
  if (prefixed && (first == "meta" || first == "match")) {
    result.kind = first == "meta" ? ExprKind::kMeta : ExprKind::kMatch;
    if (first == "meta") result.name = LowerAscii(result.name);
    return result;
  }
  std::vector<ast::Expr> args;
  for (const ast::Ident& word : words) args.push_back(MakeLiteral(LiteralKind::kString, word.text, word.span));
  if (prefixed && (first == "param" || first == "secret")) {
    args.erase(args.begin());
    return MakeCall(std::string(first == "param" ? ast::kParamCall : ast::kSecretCall), std::move(args), SpanOf(node));
  }
  return MakeCall(std::string(ast::kNameCall), std::move(args), SpanOf(node));
}

// arguments: (name =>)? expression (as type)?
void Builder::BuildArguments(const Node& node, ast::Expr* call) {
  std::vector<std::string> names;
  bool named = false;
  bool as_reported = false;
  for (Children rest = Of(node); !rest.done();) {
    const Node& child = rest.Take();
    if (child.is_token) continue;
    Children argument = Of(child);
    std::string name;
    if (argument.IsRule(Rule::kIdent)) {
      name = BuildIdent(argument.Take()).text;
      argument.Accept("=>");
      named = true;
    }
    call->args.push_back(BuildExpr(argument.Take()));
    names.push_back(std::move(name));
    if (argument.Accept("as") && !as_reported) {
      as_reported = true;
      diagnostics_->Report(diag::Kind::kWrongArguments, SpanOf(child), "`" + call->name + "` takes no `as`",
                           "only `cast` and `try_cast` do");
    }
  }
  if (named) call->arg_names = std::move(names);
}

ast::Expr Builder::BuildCast(const Node& whole, const std::string& name, const Node* arguments) {
  ast::Expr cast;
  cast.kind = ExprKind::kCast;
  cast.name = name;
  cast.origin = ast::ToOrigin(SpanOf(whole));
  bool right = false;
  if (arguments != nullptr) {
    Children rest = Of(*arguments);
    Children argument = Of(rest.Take());
    bool alone = rest.done();
    if (argument.IsRule(Rule::kIdent)) {
      alone = false;  // a named argument
    } else {
      cast.args.push_back(BuildExpr(argument.Take()));
      if (argument.Accept("as")) {
        cast.cast_type = BuildType(argument.Take()).type;
        right = alone;
      }
    }
  }
  if (!right) {
    diagnostics_->Report(diag::Kind::kWrongArguments, SpanOf(whole), "`" + name + "` takes one value and its type",
                         "write `" + name + "(value as type)`");
    return MakeLiteral(LiteralKind::kNull, "", SpanOf(whole));
  }
  return cast;
}

ast::Expr Builder::BuildCase(const Node& node) {
  ast::Expr result;
  result.kind = ExprKind::kCase;
  result.origin = ast::ToOrigin(SpanOf(node));
  Children rest = Of(node);
  rest.Take();
  if (!rest.Is("when")) {
    result.has_operand = true;
    result.args.push_back(BuildExpr(rest.Take()));
  }
  while (!rest.done()) {
    const Node& child = rest.Take();
    if (!child.is_token) result.args.push_back(BuildExpr(child));
    if (child.is_token && FirstToken(child).word == "else") result.has_else = true;
  }
  return result;
}

std::vector<ast::Expr> Builder::BuildExprs(const Node& node) {
  std::vector<ast::Expr> made;
  for (Children rest = Of(node); !rest.done();) {
    const Node& child = rest.Take();
    if (!child.is_token) made.push_back(BuildExpr(child));
  }
  return made;
}

ast::Expr Builder::BuildTemplate(const Node& token) {
  ast::Template read = ReadTemplate(TextOf(token), SpanOf(token), diagnostics_);
  std::vector<ast::Expr> parts;
  for (ast::TemplatePart& part : read.parts) {
    ast::Expr text = MakeLiteral(LiteralKind::kString, std::move(part.text), part.span);
    if (part.kind == ast::TemplatePart::Kind::kText) {
      parts.push_back(std::move(text));
    } else {
      std::vector<ast::Expr> name;
      name.push_back(std::move(text));
      parts.push_back(MakeCall(std::string(ast::kPlaceholderCall), std::move(name), part.span));
    }
  }
  return MakeCall(std::string(ast::kTemplateCall), std::move(parts), SpanOf(token));
}

ast::Expr Builder::BuildLiteral(const Node& node) {
  ast::Span span = SpanOf(node);
  std::string_view text = TextOf(node);
  auto too_large = [&](std::optional<std::string> number, LiteralKind kind) {
    if (!number) diagnostics_->Report(diag::Kind::kTooLarge, span, "this is more than 63 bits hold");
    return MakeLiteral(kind, number.value_or("0"), span);
  };
  const Token& token = FirstToken(node);
  switch (token.kind) {
    case TokenKind::kString:
      return MakeLiteral(LiteralKind::kString, UnescapeString(text), span);
    case TokenKind::kTemplate:
      return BuildTemplate(node);
    case TokenKind::kRegex:
      return MakeLiteral(LiteralKind::kRegex, std::string(text.substr(2, text.size() - 3)), span);
    case TokenKind::kInteger:
      return MakeLiteral(LiteralKind::kInteger, CleanNumber(text), span);
    case TokenKind::kDecimal:
      return MakeLiteral(LiteralKind::kDecimal, CleanNumber(text), span);
    case TokenKind::kFloat:
      return MakeLiteral(LiteralKind::kDouble, CleanNumber(text), span);
    case TokenKind::kDuration:
      return too_large(DurationMs(text), LiteralKind::kDuration);
    case TokenKind::kSize:
      return too_large(SizeBytes(text), LiteralKind::kSize);
    case TokenKind::kHex:
    case TokenKind::kHexString:
    case TokenKind::kBitString: {
      std::optional<std::string> bytes = BinaryBytes(text);
      if (!bytes) {
        diagnostics_->Report(diag::Kind::kSyntax, span, "x'…' has an odd number of digits", "two digits are one byte");
      }
      return MakeLiteral(LiteralKind::kBytes, bytes.value_or(""), span);
    }
    default:
      break;
  }
  if (token.word == "null") return MakeLiteral(LiteralKind::kNull, "", span);
  return MakeLiteral(LiteralKind::kBool, token.word, span);
}

}  // namespace cdc::parse
