#pragma once

#include <functional>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/syntax.h"
#include "compiler/source/source_text.h"

namespace cdc::parse {

// Called for each part of the file that could be read.
using Accept = std::function<void(const std::vector<Token>& tokens, const Tree& tree)>;

// Reads a file that does not parse as a whole: declaration by declaration, and inside one by removing the
// first mistake and trying again. A mistake is removed by one inserted or deleted token if that lets the
// grammar read on, else with the clause or setting it stands in, else with the declaration. Each is reported
// once; a clause in which the lexer found something (`reported`, offsets) has been reported. Requires:
// `tokens` nest at most kNestingMax deep, or the parts that do were reported and are skipped here.
void Recover(const source::SourceText& text, uint32_t file, const std::vector<Token>& tokens,
             const std::vector<uint32_t>& reported, diag::Diagnostics* diagnostics, const Accept& accept);

}  // namespace cdc::parse
