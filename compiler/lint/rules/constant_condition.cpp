#include <optional>

#include "compiler/lint/rule.h"

namespace cdc::lint {
namespace {

using expr::ExprKind;
using expr::LiteralKind;

struct Range {
  long double low = 0;
  long double high = 0;
};

std::optional<Range> RangeOf(const Type& type) {
  int bits = type.kind == TypeKind::kTinyInt     ? 8
             : type.kind == TypeKind::kSmallInt  ? 16
             : type.kind == TypeKind::kMediumInt ? 24
             : type.kind == TypeKind::kInt       ? 32
             : type.kind == TypeKind::kBigInt    ? 64
                                                 : 0;
  if (bits == 0) return std::nullopt;
  long double all = 1;
  for (int i = 0; i < bits; ++i) all *= 2;
  if (type.is_unsigned) return Range{0, all - 1};
  return Range{-all / 2, all / 2 - 1};
}

// A whole number, also negative.
std::optional<long double> NumberOf(const Expr& expr) {
  if (expr.kind == ExprKind::kCall && expr.name == "-" && expr.args.size() == 1) {
    std::optional<long double> number = NumberOf(expr.args[0]);
    if (number) return -*number;
    return std::nullopt;
  }
  if (expr.kind != ExprKind::kLiteral || expr.literal.kind != LiteralKind::kInteger) return std::nullopt;
  long double number = 0;
  for (char digit : expr.literal.text) number = number * 10 + (digit - '0');
  return number;
}

std::string Mirrored(const std::string& name) {
  return name == "<" ? ">" : name == "<=" ? ">=" : name == ">" ? "<" : name == ">=" ? "<=" : name;
}

bool IsComparison(const std::string& name) {
  return name == "=" || name == "<>" || name == "<" || name == "<=" || name == ">" || name == ">=";
}

// What `column name number` is for every value of the column; nothing if that depends.
std::optional<bool> Decided(const Range& range, const std::string& name, long double number) {
  if (name == "=" || name == "<>") {
    if (number < range.low || number > range.high) return name == "<>";
    return std::nullopt;
  }
  if (name == "<" || name == ">=") {
    if (range.high < number) return name == "<";
    if (range.low >= number) return name == ">=";
    return std::nullopt;
  }
  if (range.high <= number) return name == "<=";
  if (range.low > number) return name == ">";
  return std::nullopt;
}

class ConstantFinder {
 public:
  ConstantFinder(const Schema* table, Diagnostics* diagnostics) : table_(table), diagnostics_(*diagnostics) {}

  void Condition(const Expr& condition) {
    if (condition.kind == ExprKind::kLiteral) {
      Report(condition, "this condition does not depend on the row", "it is always the same");
      return;
    }
    ast::ForEach(condition, [&](const Expr& node) {
      if (node.kind != ExprKind::kCall || node.args.size() != 2 || !IsComparison(node.name)) return;
      Comparison(node);
    });
  }

 private:
  void Comparison(const Expr& node) {
    const Expr& a = node.args[0];
    const Expr& b = node.args[1];
    if (IsNull(a) || IsNull(b)) {
      Report(node, "a comparison with NULL is never true",
             std::string("write `is ") + (node.name == "<>" ? "not " : "") + "null`");
    } else if (a.kind == ExprKind::kLiteral && b.kind == ExprKind::kLiteral) {
      Report(node, "this comparison does not depend on the row", "it is always the same");
    } else if (a.kind == ExprKind::kColumn) {
      OfColumn(node, a, node.name, b);
    } else if (b.kind == ExprKind::kColumn) {
      OfColumn(node, b, Mirrored(node.name), a);
    }
  }

  void OfColumn(const Expr& node, const Expr& column, const std::string& name, const Expr& other) {
    int at = table_ == nullptr ? -1 : table_->Find(column.name);
    std::optional<long double> number = NumberOf(other);
    if (at < 0 || !number) return;
    const Type& type = table_->columns[static_cast<size_t>(at)].type;
    std::optional<Range> range = RangeOf(type);
    std::optional<bool> decided = range ? Decided(*range, name, *number) : std::nullopt;
    if (!decided) return;
    Report(node, std::string("this comparison is ") + (*decided ? "always" : "never") + " true",
           "`" + column.name + "` is " + TypeText(type));
  }

  static bool IsNull(const Expr& expr) {
    return expr.kind == ExprKind::kLiteral && expr.literal.kind == LiteralKind::kNull;
  }

  void Report(const Expr& node, std::string message, std::string label) {
    Span span = ast::SpanOf(node);
    if (sema::AlreadyReported(Kind::kConstantCondition, span, diagnostics_)) return;
    diagnostics_.Report(Kind::kConstantCondition, span, std::move(message), std::move(label));
  }

  const Schema* table_;
  Diagnostics& diagnostics_;
};

void RunConstantCondition(const ProgramView& program, Diagnostics* diagnostics) {
  for (const PipeView& pipe : program.pipes) {
    for (const RuleView& rule : pipe.rules) {
      for (const TableView& table : rule.tables) {
        for (const Expr* condition : ConditionsOf(rule.ast())) {
          ConstantFinder(table.table.schema, diagnostics).Condition(*condition);
        }
      }
    }
  }
}

}  // namespace

Rule ConstantCondition() { return {.kind = Kind::kConstantCondition, .of_program = RunConstantCondition}; }

}  // namespace cdc::lint
