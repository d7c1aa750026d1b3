#include "compiler/diff/implies.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "stdlib/core/names.h"

namespace cdc::diff {
namespace {

using expr::Expr;
using expr::ExprKind;
using expr::LiteralKind;

bool IsCall(const Expr& expr, std::string_view name, size_t args) {
  return expr.kind == ExprKind::kCall && expr.name == name && expr.args.size() == args;
}

// Column names compare without their case.
std::string Canonical(const Expr& expr) {
  if (expr.kind == ExprKind::kColumn) {
    Expr folded = expr;
    folded.name = FoldName(expr.name);
    return expr::ToText(folded);
  }
  return expr::ToText(expr);
}

// Whether two trees are one text; ends at the first part that differs.
bool IsSame(const Expr& a, const Expr& b) {
  const bool column = a.kind == ExprKind::kColumn;
  if (a.kind != b.kind || a.image != b.image || a.args.size() != b.args.size() || a.literal.kind != b.literal.kind ||
      a.literal.text != b.literal.text || a.has_operand != b.has_operand || a.has_else != b.has_else ||
      a.arg_names != b.arg_names || (column ? !SameName(a.name, b.name) : a.name != b.name)) {
    return false;
  }
  if (a.kind == ExprKind::kCast && TypeText(a.cast_type) != TypeText(b.cast_type)) return false;
  return std::equal(a.args.begin(), a.args.end(), b.args.begin(), IsSame);
}

// `x = v`, `v = x`, `x in (v, w)`: the operand and its values.
struct Membership {
  std::string operand;
  std::vector<std::string> values;
};

std::optional<Membership> AsMembership(const Expr& expr) {
  if (IsCall(expr, "=", 2)) {
    const bool turned = expr.args[0].kind == ExprKind::kLiteral;
    const Expr& operand = expr.args[turned ? 1 : 0];
    const Expr& value = expr.args[turned ? 0 : 1];
    if (value.kind != ExprKind::kLiteral) return std::nullopt;
    return Membership{Canonical(operand), {Canonical(value)}};
  }
  if (expr.kind != ExprKind::kCall || expr.name != "in" || expr.args.size() < 2) return std::nullopt;
  Membership made{Canonical(expr.args[0]), {}};
  for (size_t i = 1; i < expr.args.size(); ++i) {
    if (expr.args[i].kind != ExprKind::kLiteral) return std::nullopt;
    made.values.push_back(Canonical(expr.args[i]));
  }
  return made;
}

bool IsSubset(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::all_of(a.begin(), a.end(),
                     [&](const std::string& value) { return std::find(b.begin(), b.end(), value) != b.end(); });
}

// `x > 5`, `5 < x`: a bound of numbers.
struct Bound {
  std::string operand;
  bool lower = false;   // x > …
  bool closed = false;  // x >= …
  double number = 0;
};

std::optional<double> AsNumber(const Expr& expr) {
  if (IsCall(expr, "-", 1)) {
    std::optional<double> number = AsNumber(expr.args[0]);
    return number ? std::optional<double>(-*number) : std::nullopt;
  }
  const LiteralKind kind = expr.literal.kind;
  const bool numeric = kind == LiteralKind::kInteger || kind == LiteralKind::kDecimal || kind == LiteralKind::kDouble;
  // Beyond 15 digits two numbers may look alike.
  if (expr.kind != ExprKind::kLiteral || !numeric || expr.literal.text.size() > 15) return std::nullopt;
  return std::strtod(expr.literal.text.c_str(), nullptr);
}

std::optional<Bound> AsBound(const Expr& expr) {
  if (expr.kind != ExprKind::kCall || expr.args.size() != 2) return std::nullopt;
  const bool greater = expr.name == ">" || expr.name == ">=";
  if (!greater && expr.name != "<" && expr.name != "<=") return std::nullopt;
  const bool closed = expr.name.size() == 2;
  if (std::optional<double> number = AsNumber(expr.args[1]))
    return Bound{Canonical(expr.args[0]), greater, closed, *number};
  if (std::optional<double> number = AsNumber(expr.args[0]))
    return Bound{Canonical(expr.args[1]), !greater, closed, *number};
  return std::nullopt;
}

bool ImpliesBound(const Bound& a, const Bound& b) {
  if (a.operand != b.operand || a.lower != b.lower) return false;
  if (a.number == b.number) return b.closed || !a.closed;
  return a.lower ? a.number > b.number : a.number < b.number;
}

bool ImpliesAtom(const Expr& a, const Expr& b) {
  if (IsSame(a, b)) return true;
  const std::optional<Membership> values_a = AsMembership(a);
  const std::optional<Membership> values_b = AsMembership(b);
  if (values_a && values_b)
    return values_a->operand == values_b->operand && IsSubset(values_a->values, values_b->values);
  const std::optional<Bound> bound_a = AsBound(a);
  const std::optional<Bound> bound_b = AsBound(b);
  return bound_a && bound_b && ImpliesBound(*bound_a, *bound_b);
}

// `x in (a, b)` as `x = a` for each value; nothing for anything else.
std::vector<Expr> OneByOne(const Expr& expr) {
  std::vector<Expr> made;
  if (expr.kind != ExprKind::kCall || expr.name != "in") return made;
  for (size_t i = 1; i < expr.args.size(); ++i) {
    Expr& equal = made.emplace_back();
    equal.kind = ExprKind::kCall;
    equal.name = "=";
    equal.args = {expr.args[0], expr.args[i]};
  }
  return made;
}

// `steps` bounds the work: what is not told within it is not told.
bool ImpliesWithin(const Expr& a, const Expr& b, int* steps) {
  if (--*steps < 0) return false;
  if (IsCall(b, "and", 2)) return ImpliesWithin(a, b.args[0], steps) && ImpliesWithin(a, b.args[1], steps);
  if (IsCall(a, "or", 2)) return ImpliesWithin(a.args[0], b, steps) && ImpliesWithin(a.args[1], b, steps);
  if (ImpliesAtom(a, b)) return true;
  if (const std::vector<Expr> parts = OneByOne(a); parts.size() > 1 && IsCall(b, "or", 2)) {
    return std::all_of(parts.begin(), parts.end(), [&](const Expr& part) { return ImpliesWithin(part, b, steps); });
  }
  if (IsCall(b, "or", 2) && (ImpliesWithin(a, b.args[0], steps) || ImpliesWithin(a, b.args[1], steps))) return true;
  return IsCall(a, "and", 2) && (ImpliesWithin(a.args[0], b, steps) || ImpliesWithin(a.args[1], b, steps));
}

}  // namespace

bool Implies(const Expr& a, const Expr& b) {
  int steps = 10'000;
  return ImpliesWithin(a, b, &steps);
}

}  // namespace cdc::diff
