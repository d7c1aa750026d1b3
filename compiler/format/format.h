#pragma once

// The one layout of .pipe files. Lines of at most 100 columns where that can be, two spaces of indent, nothing aligned,
// so that a change of one word is a change of one line. Only white space and the case of the grammar's words change.

#include <cstdint>
#include <optional>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_text.h"

namespace cdc::format {

inline constexpr int kWidth = 100;  // columns: Unicode code points

// Returns the file in its layout, nothing if it has a syntax error or is too large, which is then in `diagnostics`;
// other mistakes do not matter here. The result has the same tokens and comments in the same order, checked by reading
// it again, and is its own layout: formatting it changes nothing. An empty file stays empty; any other ends with one
// line end. What the programmer decides: one blank line or none between items, and whether a block of settings that
// fits is written on one line (`{ a = 1; }`) or its first setting starts a line of its own. The rest depends on the
// width. Requires: file < files.size(). Time: linear. Threads: any number at a time, on different `diagnostics`.
std::optional<std::string> Format(const source::SourceFiles& files, uint32_t file, diag::Diagnostics* diagnostics);

}  // namespace cdc::format
