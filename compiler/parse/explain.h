#pragma once

#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/syntax.h"
#include "compiler/source/source_text.h"

namespace cdc::parse {

// Says in our words what the grammar could not read: what was expected, in terms of the language ("a clause",
// "a column"), what stands there instead, and where the hole is when a line ended too early.
diag::Diagnostic Explain(const source::SourceText& text, uint32_t file, const std::vector<Token>& tokens,
                         const Mistake& mistake);

}  // namespace cdc::parse
