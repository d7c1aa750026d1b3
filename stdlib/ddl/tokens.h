#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/result.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::ddl {

enum class TokenKind : uint8_t {
  kEnd,
  kOpen,
  kClose,
  kComma,
  kSemicolon,
  kDot,
  kEqual,
  kSign,
  kOperator,
  kWord,    // bare: keyword or name
  kQuoted,  // a name in backticks, or in double quotes under ANSI_QUOTES
  kString,
  kNumber,
  kBits,  // b'01', x'ff', 0xff
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  uint32_t begin = 0;  // byte offsets into the statement
  uint32_t end = 0;
  std::string text;  // kWord: as written; kQuoted, kString: without quotes and escapes; else as written
  std::string word;  // kWord: in upper case
};

// Cuts a statement into tokens as the dialect's server would: comments left out, the inside of `/*!80016 …
// */` and
// `/*M!100301 … */` kept where the server runs it. The last token is kEnd.
// Errors: kConfig, a quote or comment is not closed.
Result<std::vector<Token>> Tokenize(std::string_view sql, const Dialect& dialect);

// "line 3, column 5" of an offset.
std::string PlaceOf(std::string_view sql, uint32_t offset);

}  // namespace cdc::ddl
