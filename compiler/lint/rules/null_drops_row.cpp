#include <algorithm>

#include "compiler/lint/edits.h"
#include "compiler/lint/rule.h"
#include "stdlib/core/names.h"

namespace cdc::lint {
namespace {

using expr::ExprKind;

// The column whose NULL makes a negative comparison NULL; null if `expr` is none, or of no bare column.
const Expr* ComparedColumn(const Expr& expr) {
  if (IsCallOf(expr, "<>", 2)) {
    for (size_t i : {size_t{0}, size_t{1}}) {
      bool literal = expr.args[1 - i].kind == ExprKind::kLiteral;
      if (expr.args[i].kind == ExprKind::kColumn && literal) return &expr.args[i];
    }
    return nullptr;
  }
  if (!IsCallOf(expr, "not", 1)) return nullptr;
  const Expr& inner = expr.args[0];
  bool negated = IsCallOf(inner, "in", 1) || IsCallOf(inner, "like", 1) || IsCallOf(inner, "between", 1) ||
                 IsCallOf(inner, "regexp", 1) || IsCallOf(inner, "=", 2);
  return negated && inner.args[0].kind == ExprKind::kColumn ? &inner.args[0] : nullptr;
}

std::string OperatorOf(const Expr& expr) {
  if (expr.name == "<>") return "`<>`";
  return expr.args[0].name == "=" ? "`not … =`" : "`not " + expr.args[0].name + "`";
}

// Somebody who writes `region is null` has thought of it.
bool AsksForNull(const Expr& condition, const std::string& column) {
  bool asks = false;
  ast::ForEach(condition, [&](const Expr& node) {
    bool of_null =
        IsCallOf(node, "is null", 1) || node.name == "coalesce" || node.name == "ifnull" || node.name == "<=>";
    for (const Expr& arg : node.args) {
      asks = asks || (of_null && arg.kind == ExprKind::kColumn && arg.name == column);
    }
  });
  return asks;
}

// `condition` without what it asks of `column` by way of comparisons that drop its NULLs.
Expr WithoutComparisonsOf(const Expr& condition, const std::string& column) {
  const Expr* compared = ComparedColumn(condition);
  Expr rest = condition;
  if (compared != nullptr && SameName(compared->name, column)) {
    rest.kind = ExprKind::kLiteral;
    rest.literal = {expr::LiteralKind::kBool, "true"};
    rest.args.clear();
    return rest;
  }
  for (Expr& arg : rest.args) arg = WithoutComparisonsOf(arg, column);
  return rest;
}

// `region <> 'x'` -> `not (region <=> 'x')`
diag::Fix KeepThem(const ProgramView& program, const Expr& comparison) {
  Span whole = ast::SpanOf(comparison);
  Span between = {whole.file, ast::SpanOf(comparison.args[0]).end, ast::SpanOf(comparison.args[1]).begin};
  std::string_view text = program.TextOf(between);
  size_t at = text.find("<>") == std::string_view::npos ? text.find("!=") : text.find("<>");
  if (at == std::string_view::npos) return {};
  uint32_t begin = between.begin + static_cast<uint32_t>(at);
  return {"keep them",
          diag::Applicability::kMaybe,
          {{{whole.file, whole.begin, whole.begin}, "not ("},
           {{whole.file, begin, begin + 2}, "<=>"},
           {{whole.file, whole.end, whole.end}, ")"}}};
}

// `region not in ('x')` -> `(region not in ('x') or region is null)`
diag::Fix OrNull(Span whole, const std::string& column) {
  return {"keep them",
          diag::Applicability::kMaybe,
          {{{whole.file, whole.begin, whole.begin}, "("},
           {{whole.file, whole.end, whole.end}, " or " + column + " is null)"}}};
}

class NullFinder {
 public:
  NullFinder(const ProgramView& program, const sema::TableCase& table, Diagnostics* diagnostics)
      : program_(program), case_(table), table_(*table.schema), diagnostics_(*diagnostics) {}

  void Where(const Expr& condition) {
    ast::ForEach(condition, [&](const Expr& node) { Look(condition, node); });
  }

 private:
  void Look(const Expr& condition, const Expr& node) {
    const Expr* column = ComparedColumn(node);
    int at = column == nullptr ? -1 : table_.Find(column->name);
    if (at < 0) return;
    const Column& known = table_.columns[static_cast<size_t>(at)];
    if (!known.type.nullable || AsksForNull(condition, column->name) || IsDroppedAnyway(condition, at)) return;
    Span span = ast::SpanOf(node);
    if (sema::AlreadyReported(Kind::kNullDropsRow, span, diagnostics_)) return;
    diag::Diagnostic& made = diagnostics_.Report(
        Kind::kNullDropsRow, span, "rows with a NULL `" + column->name + "` never match " + OperatorOf(node),
        "`" + column->name + "` is " + TypeText(known.type) + ", nullable");
    diag::Fix fix = node.name == "<>" ? KeepThem(program_, node) : diag::Fix();
    if (fix.edits.empty()) fix = OrNull(span, std::string(program_.TextOf(ast::SpanOf(*column))));
    made.fixes.push_back(std::move(fix));
  }

  // Another part of the condition, such as `region = 'x'`, leaves NULLs out on purpose.
  bool IsDroppedAnyway(const Expr& condition, int column) const {
    const Expr rest = WithoutComparisonsOf(condition, table_.columns[static_cast<size_t>(column)].name);
    const auto typed = expr::ResolveCondition(rest, sema::ProgramScope::Row(case_, {}, false)).typed;
    if (!typed) return false;
    const std::vector<int> proven = expr::ColumnsProvenNotNull(*typed);
    return std::binary_search(proven.begin(), proven.end(), column);
  }

  const ProgramView& program_;
  const sema::TableCase& case_;
  const Schema& table_;
  Diagnostics& diagnostics_;
};

void RunNullDropsRow(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      for (const ast::TableItem& item : rule.ast().items) {
        const auto* where = std::get_if<ast::WhereClause>(&item.node);
        for (const TableView& table : rule.tables) {
          if (where == nullptr || table.table.schema == nullptr) continue;
          NullFinder(program, table.table, diagnostics).Where(where->condition);
        }
      }
    }
  }
}

}  // namespace

Rule NullDropsRow() { return {.kind = Kind::kNullDropsRow, .of_program = RunNullDropsRow}; }

}  // namespace cdc::lint
