#include <algorithm>

#include "stdlib/core/names.h"
#include "stdlib/expr/resolve.h"

namespace cdc::expr {
namespace {

// Predicates that are NULL, never true, when this argument is.
bool IsStrictPredicate(const Expr& expr) {
  static constexpr std::string_view kNames[] = {"=", "<>", "<", "<=", ">", ">=", "in", "between", "like", "regexp"};
  return expr.kind == ExprKind::kCall && std::find(std::begin(kNames), std::end(kNames), expr.name) != std::end(kNames);
}

void Add(const Expr& expr, std::vector<std::string>* names) {
  if (expr.kind == ExprKind::kColumn && expr.image == Image::kCurrent) names->push_back(FoldName(expr.name));
}

}  // namespace

std::vector<std::string> ColumnsProvenNotNull(const Expr& condition) {
  std::vector<std::string> names;
  std::vector<const Expr*> waiting = {&condition};
  while (!waiting.empty()) {
    const Expr& expr = *waiting.back();
    waiting.pop_back();
    if (expr.kind != ExprKind::kCall) {
      Add(expr, &names);
    } else if (expr.name == "and") {
      for (const Expr& arg : expr.args) waiting.push_back(&arg);
    } else if (expr.name == "not" && expr.args.size() == 1) {
      const Expr& inside = expr.args[0];
      bool is_null = inside.kind == ExprKind::kCall && inside.name == "is null" && inside.args.size() == 1;
      if (is_null) Add(inside.args[0], &names);
      // A strict predicate is NULL, and so is its opposite.
      if (IsStrictPredicate(inside) && !inside.args.empty()) Add(inside.args[0], &names);
    } else if (IsStrictPredicate(expr)) {
      size_t strict = expr.name == "in" || expr.name == "between" ? 1 : expr.args.size();
      for (size_t i = 0; i < strict && i < expr.args.size(); ++i) Add(expr.args[i], &names);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace cdc::expr
