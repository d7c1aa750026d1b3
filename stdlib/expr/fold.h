#pragma once

#include "stdlib/core/arena.h"
#include "stdlib/expr/resolve.h"

namespace cdc::expr {

// Makes `value` a constant that owns its bytes.
void MakeConstant(Typed* typed, const Value& value);

inline bool IsConstant(const Typed& typed) { return typed.kind == ExprKind::kLiteral; }

// Replaces a node whose arguments are folded already by its value, or by the one argument that decides it,
// where that can be known. A call that fails stays: it fails for the rows that reach it. Not recursive.
void FoldNode(Typed* typed);

// Folds a whole tree, from its leaves up.
void Fold(Typed* typed);

}  // namespace cdc::expr
