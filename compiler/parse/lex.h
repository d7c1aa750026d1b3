#pragma once

#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/token.h"
#include "compiler/source/source_text.h"

namespace cdc::parse {

struct Lexed {
  std::vector<Token> tokens;  // ends with one kEnd
  std::vector<CommentToken> comments;
  std::vector<uint32_t> reported;  // where something was reported: offsets, ascending
};

// Cuts a file into tokens. Reports bytes that are not UTF-8 and characters that are no letters in names
// (PIPE001), and strings, templates, quoted names and comments that are not closed (PIPE001, PIPE002); what
// follows them is repaired so that the parser finds nothing more to say there.
Lexed Lex(const source::SourceText& text, uint32_t file, diag::Diagnostics* diagnostics);

// A token of the given punctuation that stands at `offset` without being in the file.
Token MadeUp(const char* punctuation, uint32_t offset);

}  // namespace cdc::parse
