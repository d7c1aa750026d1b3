#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"

namespace cdc::parse {

enum class TokenKind : uint8_t {
  kEnd,
  kWord,  // one of the grammar's words, hard or soft
  kName,
  kQuoted,
  kString,
  kTemplate,
  kRegex,
  kInteger,
  kDecimal,
  kFloat,
  kHex,
  kHexString,
  kBitString,
  kDuration,
  kSize,
  kPunctuation,
  kOther,  // a character that has no place in the language
};

// A token that the grammar sees. `begin == end`: it is not in the file, recovery put it there.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool opens_line = false;  // the first of its line
  uint16_t type = 0;        // the lexer's number, for the parser
  uint32_t begin = 0;       // byte offsets into the file
  uint32_t end = 0;
  std::string word;  // kWord: in lower case; kPunctuation: the text; else empty
};

struct CommentToken {
  ast::Comment comment;
  uint32_t before = 0;  // number of tokens in front of it
  bool opens_line = false;
};

inline bool IsPunctuation(const Token& token, const char* text) {
  return token.kind == TokenKind::kPunctuation && token.word == text;
}
inline bool IsWord(const Token& token, const char* word) {
  return token.kind == TokenKind::kWord && token.word == word;
}
// Whether the token may be a name: `name`, `` `any name` ``, or a soft word.
bool IsIdent(const Token& token);
// Whether the word is one of the 51 hard words: a name only in backticks or after a period.
bool IsHardWord(const Token& token);

}  // namespace cdc::parse
