#include "stdlib/expr/resolve.h"

#include "stdlib/expr/resolver.h"
#include "stdlib/functions/typing.h"

namespace cdc::expr {

Resolution Resolve(const Expr& expr, const Scope& scope) {
  Resolver resolver(scope);
  Typed typed = resolver.Run(expr);
  resolver.RefuseSecret(typed);
  return resolver.Finish(std::move(typed));
}

Resolution ResolveCondition(const Expr& expr, const Scope& scope) {
  Resolver resolver(scope);
  Typed typed = resolver.Run(expr);
  resolver.RefuseSecret(typed);
  if (!resolver.failed() && typed.type.kind != TypeKind::kUnknown) {
    auto mistake = functions::NeedCondition("this place", {AsArgument(typed)}, 0);
    if (mistake) resolver.Report(*mistake, typed.origin, {});
  }
  return resolver.Finish(std::move(typed));
}

}  // namespace cdc::expr
