#include "runtime/bind/expression.h"

namespace cdc::bind {
namespace {

uint32_t MetaFields(const expr::Typed& typed) {
  uint32_t fields = typed.kind == expr::ExprKind::kMeta ? uint32_t{1} << typed.index : 0;
  for (const expr::Typed& argument : typed.args) fields |= MetaFields(argument);
  return fields;
}

std::optional<Expression> Finish(expr::Resolution resolution, const expr::Expr& expr, Problems* problems) {
  if (!resolution.problems.empty()) {
    for (expr::Problem& problem : resolution.problems) problems->Add(std::move(problem));
    return std::nullopt;
  }
  if (!resolution.typed) {
    problems->Add(106, expr.origin, "the type of `" + expr::ToText(expr) + "` cannot be told");
    return std::nullopt;
  }
  const expr::Typed& typed = *resolution.typed;
  const bool bare = typed.kind == expr::ExprKind::kColumn && typed.image == expr::Image::kCurrent;
  return Expression{Program::Compile(typed), typed.type, bare ? typed.index : -1, MetaFields(typed)};
}

}  // namespace

std::optional<Expression> BindValue(const expr::Expr& expr, const expr::Scope& scope, Problems* problems) {
  return Finish(expr::Resolve(expr, scope), expr, problems);
}

std::optional<Expression> BindValueAs(const expr::Expr& expr, const Type& wanted, const expr::Scope& scope,
                                      Problems* problems) {
  return Finish(expr::ResolveAs(expr, wanted, scope), expr, problems);
}

std::optional<Expression> BindCondition(const expr::Expr& expr, const expr::Scope& scope, Problems* problems) {
  return Finish(expr::ResolveCondition(expr, scope), expr, problems);
}

}  // namespace cdc::bind
