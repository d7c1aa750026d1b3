#include <algorithm>

#include "compiler/lint/rule.h"
#include "stdlib/core/names.h"

namespace cdc::lint {
namespace {

using expr::ExprKind;

bool IsInsensitive(const Type& type) {
  bool text = IsText(type.kind);
  return text && type.collation.size() > 3 && type.collation.rfind("_ci") == type.collation.size() - 3;
}

// The text in the other case; empty if it has no ASCII letter.
std::string OtherCase(const std::string& text) {
  auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  std::string lower = LowerAscii(text);
  if (lower != text) return lower;
  std::string other = text;
  std::transform(other.begin(), other.end(), other.begin(), upper);
  return other == text ? "" : other;
}

bool Compares(const Expr& node) {
  return node.kind == ExprKind::kCall &&
         (node.name == "=" || node.name == "<>" || node.name == "in" || node.name == "<=>");
}

class CollationFinder {
 public:
  CollationFinder(const Schema& table, Diagnostics* diagnostics) : table_(table), diagnostics_(*diagnostics) {}

  void Condition(const Expr& condition) {
    ast::ForEach(condition, [&](const Expr& node) {
      if (Compares(node)) Comparison(node);
    });
  }

 private:
  void Comparison(const Expr& node) {
    for (const Expr& arg : node.args) {
      int at = arg.kind == ExprKind::kColumn ? table_.Find(arg.name) : -1;
      if (at < 0) continue;
      const Column& column = table_.columns[static_cast<size_t>(at)];
      if (!IsInsensitive(column.type)) continue;
      for (const Expr& other : node.args) Literal(column, other);
      return;
    }
  }

  void Literal(const Column& column, const Expr& literal) {
    if (literal.kind != ExprKind::kLiteral || literal.literal.kind != expr::LiteralKind::kString) return;
    std::string other = OtherCase(literal.literal.text);
    Span span = ast::SpanOf(literal);
    if (other.empty() || sema::AlreadyReported(Kind::kCollationDiffers, span, diagnostics_)) return;
    diagnostics_
        .Report(Kind::kCollationDiffers, span,
                "`" + column.name + "` is compared exactly here; the server would also match `" + other + "`",
                "`" + column.name + "` is of collation " + column.type.collation)
        .notes = {"to match any case, compare `lower(" + column.name + ")` with '" + LowerAscii(literal.literal.text) +
                  "'"};
  }

  const Schema& table_;
  Diagnostics& diagnostics_;
};

void RunCollationDiffers(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      for (const TableView& table : rule.tables) {
        if (table.table.schema == nullptr) continue;
        for (const Expr* condition : ConditionsOf(rule.ast())) {
          CollationFinder(*table.table.schema, diagnostics).Condition(*condition);
        }
      }
    }
  }
}

}  // namespace

Rule CollationDiffers() { return {.kind = Kind::kCollationDiffers, .of_program = RunCollationDiffers}; }

}  // namespace cdc::lint
