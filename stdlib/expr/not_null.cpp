#include <algorithm>
#include <iterator>
#include <optional>

#include "stdlib/expr/resolve.h"
#include "stdlib/functions/function.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {
namespace {

using functions::Form;

// What a condition, or a value in it, turned out to be in a row.
enum class Outcome : uint8_t { kTrue, kFalse, kNotNull };

// What an outcome says about the row that has it.
struct Proof {
  bool never = false;        // no row has it
  std::vector<int> columns;  // not NULL, ascending
};

constexpr int kDepthMax = 12;  // conditions nested deeper in one another prove nothing

Proof Never() { return {true, {}}; }

Proof Both(const Proof& a, const Proof& b) {
  if (a.never || b.never) return Never();
  Proof both;
  std::set_union(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                 std::back_inserter(both.columns));
  return both;
}

Proof Either(const Proof& a, const Proof& b) {
  if (a.never) return b;
  if (b.never) return a;
  Proof either;
  std::set_intersection(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                        std::back_inserter(either.columns));
  return either;
}

Proof Prove(const Typed& typed, Outcome outcome, int depth);

bool IsNamed(const Typed& typed, std::string_view name) {
  return typed.function != nullptr && typed.function->name == name;
}

// Whether a NULL argument, whichever, makes it NULL.
bool IsStrict(const Typed& typed) {
  if (typed.kind != ExprKind::kCall && typed.kind != ExprKind::kCast) return false;
  return IsNamed(typed, "xor") || (typed.call != nullptr && typed.call->strict);
}

// The columns whose NULL would reach `typed` through strict calls alone, and what the other operands prove.
Proof ProveNotNull(const Typed& typed, int depth) {
  Proof proof;
  std::vector<const Typed*> waiting = {&typed};
  while (!waiting.empty()) {
    const Typed& at = *waiting.back();
    waiting.pop_back();
    if (IsStrict(at)) {
      for (const Typed& arg : at.args) waiting.push_back(&arg);
    } else if (at.kind == ExprKind::kColumn && at.image == Image::kCurrent) {
      proof.columns.push_back(at.index);
    } else if (&at != &typed) {
      const Proof inner = Prove(at, Outcome::kNotNull, depth + 1);
      if (inner.never) return Never();
      proof.columns.insert(proof.columns.end(), inner.columns.begin(), inner.columns.end());
    }
  }
  std::sort(proof.columns.begin(), proof.columns.end());
  proof.columns.erase(std::unique(proof.columns.begin(), proof.columns.end()), proof.columns.end());
  return proof;
}

// `and`, `or`: true needs all of an `and` and one of an `or`, false the other way round.
Proof ProveLogic(const Typed& typed, Outcome outcome, int depth) {
  if (outcome == Outcome::kNotNull) {
    return Either(ProveLogic(typed, Outcome::kTrue, depth), ProveLogic(typed, Outcome::kFalse, depth));
  }
  const bool all = (typed.function->form == Form::kAnd) == (outcome == Outcome::kTrue);
  // Chains lean to the left.
  std::vector<const Typed*> operands;
  const Typed* at = &typed;
  for (; at->function == typed.function && at->args.size() == 2; at = &at->args[0]) operands.push_back(&at->args[1]);
  Proof proof = Prove(*at, outcome, depth + 1);
  for (const Typed* operand : operands) {
    const Proof one = Prove(*operand, outcome, depth + 1);
    proof = all ? Both(proof, one) : Either(proof, one);
  }
  return proof;
}

Proof ProveCase(const Typed& typed, Outcome outcome, int depth) {
  const size_t start = typed.has_operand ? 1 : 0;
  Proof proof = typed.has_else ? Prove(typed.args.back(), outcome, depth + 1) : Never();
  for (size_t i = start; i + 1 < typed.args.size(); i += 2) {
    const Outcome met = typed.has_operand ? Outcome::kNotNull : Outcome::kTrue;
    Proof arm = Both(Prove(typed.args[i], met, depth + 1), Prove(typed.args[i + 1], outcome, depth + 1));
    if (typed.has_operand) arm = Both(arm, Prove(typed.args[0], Outcome::kNotNull, depth + 1));
    proof = Either(proof, arm);
  }
  return proof;
}

// `a <=> b`: true beside what is never NULL, false beside NULL itself.
Proof ProveNullSafeEqual(const Typed& typed, Outcome outcome, int depth) {
  Proof proof;
  for (const size_t i : {size_t{0}, size_t{1}}) {
    const Typed& other = typed.args[1 - i];
    const bool null = other.kind == ExprKind::kLiteral && other.constant.is_null();
    const bool proves =
        (outcome == Outcome::kTrue && !other.type.nullable && !null) || (outcome == Outcome::kFalse && null);
    if (proves) proof = Both(proof, Prove(typed.args[i], Outcome::kNotNull, depth + 1));
  }
  return proof;
}

// Operators that see NULLs, by name; nothing for other calls.
std::optional<Proof> ProveOperator(const Typed& typed, Outcome outcome, int depth) {
  auto of_first = [&](Outcome wanted) { return Prove(typed.args[0], wanted, depth + 1); };
  const bool decided = outcome != Outcome::kNotNull;
  if (IsNamed(typed, "not")) {
    return of_first(!decided ? outcome : outcome == Outcome::kTrue ? Outcome::kFalse : Outcome::kTrue);
  }
  if (IsNamed(typed, "is null") || IsNamed(typed, "isnull")) {
    return outcome == Outcome::kFalse ? of_first(Outcome::kNotNull) : Proof();
  }
  if (IsNamed(typed, "is true")) return outcome == Outcome::kTrue ? of_first(Outcome::kTrue) : Proof();
  if (IsNamed(typed, "is false")) return outcome == Outcome::kTrue ? of_first(Outcome::kFalse) : Proof();
  if (IsNamed(typed, "<=>")) return ProveNullSafeEqual(typed, outcome, depth);
  if (IsNamed(typed, "in") || IsNamed(typed, "nullif")) return of_first(Outcome::kNotNull);
  if (!IsNamed(typed, "between")) return std::nullopt;
  // One bound is enough to say no.
  Proof proof = of_first(Outcome::kNotNull);
  if (outcome != Outcome::kTrue) return proof;
  for (const size_t bound : {size_t{1}, size_t{2}}) {
    proof = Both(proof, Prove(typed.args[bound], Outcome::kNotNull, depth + 1));
  }
  return proof;
}

Proof ProveCall(const Typed& typed, Outcome outcome, int depth) {
  const Form form = typed.function == nullptr ? Form::kCall : typed.function->form;
  if (form == Form::kAnd || form == Form::kOr) return ProveLogic(typed, outcome, depth);
  if (form == Form::kCoalesce) {
    Proof proof = Never();
    for (const Typed& arg : typed.args) proof = Either(proof, Prove(arg, outcome, depth + 1));
    return proof;
  }
  if (form == Form::kIf) {
    const Proof then = Both(Prove(typed.args[0], Outcome::kTrue, depth + 1), Prove(typed.args[1], outcome, depth + 1));
    return Either(then, Prove(typed.args[2], outcome, depth + 1));
  }
  return ProveOperator(typed, outcome, depth).value_or(Proof());
}

Proof ProveLiteral(const Typed& typed, Outcome outcome) {
  if (typed.constant.is_null()) return Never();
  if (outcome == Outcome::kNotNull) return {};
  return functions::IsTrueValue(typed.constant) == (outcome == Outcome::kTrue) ? Proof() : Never();
}

Proof Prove(const Typed& typed, Outcome outcome, int depth) {
  if (depth > kDepthMax) return {};
  if (typed.kind == ExprKind::kLiteral) return ProveLiteral(typed, outcome);
  if (typed.kind == ExprKind::kCase) return ProveCase(typed, outcome, depth);
  // `not` is strict, too, and says more.
  if (typed.kind == ExprKind::kCall && (IsNamed(typed, "not") || !IsStrict(typed))) {
    return ProveCall(typed, outcome, depth);
  }
  return ProveNotNull(typed, depth);
}

}  // namespace

std::vector<int> ColumnsProvenNotNull(const Typed& condition) { return Prove(condition, Outcome::kTrue, 0).columns; }

void NarrowColumns(const Expr& condition, const Scope& scope, std::vector<Column>* columns) {
  const Resolution resolution = ResolveCondition(condition, scope);
  if (!resolution.typed) return;
  for (const int column : ColumnsProvenNotNull(*resolution.typed)) {
    (*columns)[static_cast<size_t>(column)].type.nullable = false;
  }
}

}  // namespace cdc::expr
