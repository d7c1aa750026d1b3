#pragma once

#include <optional>

#include "stdlib/expr/resolve.h"

namespace cdc::expr {

// The constant that a literal is: integers as bigint, bigint unsigned or decimal, whichever is the first to
// hold it. Nothing and a problem if no type holds it. Requires: not kRegex in a place of its own.
std::optional<Typed> TypedLiteral(const Expr& expr, std::vector<Problem>* problems);

// A hexadecimal or bit literal beside a number is a number, as in MySQL: `flag = b'1'`. Changes nothing else.
void ReadBytesAsNumber(const Type& beside, Typed* literal);

}  // namespace cdc::expr
