#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cdc::parse {

// One token as the grammar's lexer rules cut it, white space and comments too.
struct Piece {
  int type = 0;  // the generated lexer's number
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Cuts valid UTF-8 into pieces without gaps. It is grammar/Pipe.g4's lexer written by hand, which takes a twentieth of
// the time of ANTLR's; cut_test.cpp holds both to the same answer.
std::vector<Piece> Cut(std::string_view text);

// The lexer's number of a word of the grammar in lower case; 0 if it is none.
int WordType(std::string_view word);

// The lexer's number of a punctuation text, `;` or `||`; 0 if it is none.
int PunctuationType(std::string_view text);

}  // namespace cdc::parse
