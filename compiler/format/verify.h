#pragma once

#include "compiler/parse/lex.h"
#include "compiler/source/source_text.h"

namespace cdc::format {

// Whether two texts are the same program with the same comments: equal tokens in order, but for the case of the
// grammar's words, and between the same tokens the same comments, but for white space. Equal tokens parse to equal
// trees. Requires: both were read without a mistake.
bool SameProgram(const source::SourceText& a, const parse::Lexed& read_a, const source::SourceText& b,
                 const parse::Lexed& read_b);

}  // namespace cdc::format
