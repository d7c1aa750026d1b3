#pragma once

#include <vector>

#include "compiler/ast/ast.h"

namespace cdc::lint {

// Everything that a comment above it may speak for: imports, declarations, what a pipe, a table rule, a test and a
// block of settings consists of. In order of their beginning, what is larger first.
std::vector<source::Span> ItemsOf(const ast::File& file);

}  // namespace cdc::lint
