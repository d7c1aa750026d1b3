#pragma once

// Units of time where a program writes them as words: `interval 3 month`, `timestampdiff(day, a, b)`.

#include <optional>

#include "compiler/ast/expression.h"

namespace cdc::sema {

using expr::Expr;

// `d + interval 3 month`, `d - interval …` and date_add, date_sub, adddate, subdate with an interval as the call of
// three arguments that they stand for: date_add(d, 3, 'month'). timestampadd and timestampdiff with the unit as text.
// Nothing for any other call.
std::optional<Expr> WithUnits(const Expr& call);

}  // namespace cdc::sema
