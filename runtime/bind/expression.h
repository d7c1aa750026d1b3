#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/bind/problems.h"
#include "runtime/bind/program.h"
#include "stdlib/expr/resolve.h"

namespace cdc::bind {

// An expression fitted to real columns.
struct Expression {
  Program program;
  Type type;
  int column = -1;           // schema position, if the expression is a bare column of the current image
  uint32_t meta_fields = 0;  // one bit per expr::MetaField that it reads
};

// Resolve and compile; mistakes go to `problems` and give nothing.
std::optional<Expression> BindValue(const expr::Expr& expr, const expr::Scope& scope, Problems* problems);
std::optional<Expression> BindValueAs(const expr::Expr& expr, const Type& wanted, const expr::Scope& scope,
                                      Problems* problems);
std::optional<Expression> BindCondition(const expr::Expr& expr, const expr::Scope& scope, Problems* problems);

}  // namespace cdc::bind
