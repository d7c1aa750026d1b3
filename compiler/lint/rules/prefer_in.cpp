#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

using expr::ExprKind;

void Flatten(const Expr& expr, std::vector<const Expr*>* parts) {
  if (!IsCallOf(expr, "or")) {
    parts->push_back(&expr);
    return;
  }
  for (const Expr& arg : expr.args) Flatten(arg, parts);
}

// `a = 1 or a = 2` as `a in (1, 2)`; empty if it is something else.
std::string AsIn(const FileView& file, const Expr& chain) {
  std::vector<const Expr*> parts;
  Flatten(chain, &parts);
  std::string column;
  std::string values;
  for (const Expr* part : parts) {
    if (!IsCallOf(*part, "=") || part->args.size() != 2) return "";
    const Expr& name = part->args[0];
    bool fits = name.kind == ExprKind::kColumn && part->args[1].kind == ExprKind::kLiteral;
    std::string text(file.text.Slice(ast::SpanOf(name)));
    if (!fits || (!column.empty() && text != column)) return "";
    column = text;
    values += (values.empty() ? "" : ", ") + std::string(file.text.Slice(ast::SpanOf(part->args[1])));
  }
  return column + " in (" + values + ")";
}

void FindChains(const FileView& file, const Expr& expr, Diagnostics* diagnostics) {
  if (IsCallOf(expr, "or")) {
    std::string in = AsIn(file, expr);
    if (!in.empty()) {
      Span span = ast::SpanOf(expr);
      diagnostics->Report(Kind::kPreferIn, span, "one column is compared several times", "write `" + in + "`")
          .fixes.push_back(Replace("write `in`", span, in));
      return;
    }
  }
  for (const Expr& arg : expr.args) FindChains(file, arg, diagnostics);
}

void RunPreferIn(const FileView& file, Diagnostics* diagnostics) {
  for (const ast::Declaration& declaration : file.ast.declarations) {
    const auto* function = std::get_if<ast::FunctionDecl>(&declaration.node);
    if (function != nullptr) FindChains(file, function->body, diagnostics);
  }
  for (const ast::TableRule* rule : TableRulesOf(file.ast)) {
    for (const Expr* condition : ConditionsOf(*rule)) FindChains(file, *condition, diagnostics);
  }
}

}  // namespace

Rule PreferIn() { return {.kind = Kind::kPreferIn, .of_file = RunPreferIn}; }

}  // namespace cdc::lint
