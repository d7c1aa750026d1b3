#pragma once

#include <cstdint>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_text.h"

namespace cdc::parse {

inline constexpr uint32_t kFileBytesMax = 4 * 1024 * 1024;
inline constexpr int kNestingMax = 200;  // chains of `and`, `or`, `+` do not nest
inline constexpr int kChainMax = 1000;   // operators of one chain that is not of `and`, `or`, `xor`

inline constexpr int kMistakesMax = 100;  // per file; then one more that says so

// Reads one file of the language. Never fails as a whole: mistakes go to `diagnostics` (one each, PIPE001,
// 002, 008, 009, 011, 103 for types, 105 for `as` outside a cast), and the declarations and clauses without
// mistakes are in the result. Requires: file < files.size(). Threads: any number at a time, on different
// `diagnostics`.
ast::File Parse(const source::SourceFiles& files, uint32_t file, diag::Diagnostics* diagnostics);

}  // namespace cdc::parse
