#include "compiler/parse/blocks.h"

#include <array>
#include <string_view>

namespace cdc::parse {
namespace {

template <size_t N>
bool AnyOf(const std::string& word, const std::array<std::string_view, N>& words) {
  for (std::string_view one : words) {
    if (word == one) return true;
  }
  return false;
}

constexpr std::array<std::string_view, 8> kNamedWithColon = {"source", "sink",  "registry", "notifier",
                                                             "store",  "param", "preset",   "function"};
constexpr std::array<std::string_view, 22> kClauseWords = {
    "where",   "select", "merge",  "snapshot", "topic", "key",  "partition", "format", "header", "on",     "names",
    "convert", "accept", "verify", "use",      "from",  "into", "store",     "table",  "given",  "expect", "notify"};
constexpr std::array<std::string_view, 9> kStatementWords = {"insert", "update", "delete", "snapshot", "tombstone",
                                                             "ddl",    "binlog", "error",  "nothing"};

bool IsOpening(const Token& token) {
  return token.kind == TokenKind::kPunctuation && (token.word == "{" || token.word == "(" || token.word == "[");
}
bool IsClosing(const Token& token) {
  return token.kind == TokenKind::kPunctuation && (token.word == "}" || token.word == ")" || token.word == "]");
}
bool IsBrace(const Token& token) { return IsPunctuation(token, "{") || IsPunctuation(token, "}"); }

// The `{` of the block around token `at`; a parenthesis that is not closed does not hide it.
std::optional<size_t> OpenBlock(const std::vector<Token>& tokens, size_t at) {
  std::optional<size_t> bracket = OpenBracket(tokens, at);
  while (bracket && !IsPunctuation(tokens[*bracket], "{")) bracket = OpenBracket(tokens, *bracket);
  return bracket;
}

bool StartsDeclaration(const std::vector<Token>& tokens, size_t at) {
  const Token& token = tokens[at];
  if (token.kind != TokenKind::kWord || at + 2 >= tokens.size()) return false;
  const Token& second = tokens[at + 1];
  const Token& third = tokens[at + 2];
  if (token.word == "import") return second.kind == TokenKind::kString && IsWord(third, "as");
  if (token.word == "edition") return second.kind == TokenKind::kInteger;
  if (token.word == "test") return second.kind == TokenKind::kString && IsWord(third, "for");
  if (token.word == "sensitive") {
    bool free = at == 0 || !IsPunctuation(tokens[at - 1], ",");
    bool pattern = IsIdent(second) || second.kind == TokenKind::kRegex || IsPunctuation(second, "*");
    return free && pattern && IsPunctuation(third, ".");
  }
  if (!IsIdent(second)) return false;
  if (token.word == "pipe" || token.word == "alert" || token.word == "project") return IsPunctuation(third, "{");
  if (token.word == "function") return IsPunctuation(third, "(");
  if (token.word == "secret") return token.opens_line && OpenBlock(tokens, at) == std::nullopt;
  return AnyOf(token.word, kNamedWithColon) && IsPunctuation(third, ":");
}

enum class BlockKind { kSettings, kClauses, kStatements };

// What the block of the `{` at `open` holds, by the words in front of it.
BlockKind KindOfBlock(const std::vector<Token>& tokens, size_t open) {
  size_t first = open;
  while (first > 0 && !IsPunctuation(tokens[first - 1], ";") && !IsBrace(tokens[first - 1])) --first;
  const std::string& word = tokens[first].word;
  if (word == "pipe" || word == "table") return BlockKind::kClauses;
  if (word == "test" || word == "given" || word == "expect" || word == "alert") return BlockKind::kStatements;
  bool of_clauses =
      word == "preset" && open > 0 && (tokens[open - 1].word == "pipe" || tokens[open - 1].word == "table");
  return of_clauses ? BlockKind::kClauses : BlockKind::kSettings;
}

}  // namespace

std::vector<size_t> DeclarationStarts(const std::vector<Token>& tokens) {
  std::vector<size_t> starts;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (StartsDeclaration(tokens, i)) starts.push_back(i);
  }
  return starts;
}

std::optional<size_t> OpenBracket(const std::vector<Token>& tokens, size_t at) {
  int depth = 0;
  for (size_t i = at; i-- > 0;) {
    if (IsClosing(tokens[i])) ++depth;
    if (IsOpening(tokens[i]) && depth-- == 0) return i;
  }
  return std::nullopt;
}

bool OpensItem(const std::vector<Token>& tokens, size_t at) {
  const Token& token = tokens[at];
  if (token.kind != TokenKind::kWord && token.kind != TokenKind::kName && token.kind != TokenKind::kQuoted)
    return false;
  const std::optional<size_t> open = OpenBlock(tokens, at);
  if (!open) return false;
  switch (KindOfBlock(tokens, *open)) {
    case BlockKind::kClauses:
      return token.kind == TokenKind::kWord && AnyOf(token.word, kClauseWords);
    case BlockKind::kStatements:
      return token.kind == TokenKind::kWord && (AnyOf(token.word, kClauseWords) || AnyOf(token.word, kStatementWords));
    case BlockKind::kSettings:
      break;
  }
  if (token.word == "use" || !IsIdent(token) || at + 2 >= tokens.size()) return token.word == "use";
  const Token& second = tokens[at + 1];
  bool variant = IsIdent(second) && (IsPunctuation(tokens[at + 2], "{") || IsPunctuation(tokens[at + 2], ";"));
  return variant || IsPunctuation(second, "=") || IsPunctuation(second, "{");
}

std::pair<size_t, size_t> ItemAround(const std::vector<Token>& tokens, size_t at) {
  size_t begin = at;
  int depth = 0;
  while (begin > 0) {
    const Token& previous = tokens[begin - 1];
    if (depth == 0 && (IsPunctuation(previous, ";") || IsBrace(previous))) break;
    if (tokens[begin].opens_line && OpensItem(tokens, begin)) break;
    if (IsClosing(previous)) ++depth;
    if (IsOpening(previous) && depth > 0) --depth;
    --begin;
  }
  size_t end = at;
  int braces = 0;
  while (end + 1 < tokens.size()) {
    const Token& token = tokens[end];
    if (braces == 0 && end > begin && end > at && token.opens_line && OpensItem(tokens, end)) break;
    if (IsPunctuation(token, "}") && braces-- == 0) break;
    if (IsPunctuation(token, "{")) ++braces;
    ++end;
    if (braces == 0 && (IsPunctuation(token, ";") || IsPunctuation(token, "}"))) break;
  }
  return {begin, end};
}

std::optional<size_t> TooDeep(const std::vector<Token>& tokens, int limit) {
  std::vector<int> levels;  // of prefix operators in front of each open bracket
  int depth = 0;
  int pending = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    bool after_period = i > 0 && IsPunctuation(tokens[i - 1], ".");
    auto operand_before = [&] {
      return i > 0 && (IsIdent(tokens[i - 1]) || IsClosing(tokens[i - 1]) ||
                       (tokens[i - 1].kind > TokenKind::kWord && tokens[i - 1].kind < TokenKind::kPunctuation));
    };
    bool sign = (IsPunctuation(token, "-") || IsPunctuation(token, "+")) && !operand_before();
    if (after_period) {
      depth -= pending;  // `old.case` is a name
      pending = 0;
    } else if (IsOpening(token) || IsWord(token, "case")) {
      levels.push_back(pending);
      pending = 0;
      ++depth;
    } else if ((IsClosing(token) || IsWord(token, "end")) && !levels.empty()) {
      depth -= 1 + pending + levels.back();
      levels.pop_back();
      pending = 0;
    } else if (sign || token.word == "~" || IsWord(token, "not") || IsWord(token, "interval")) {
      ++pending;
      ++depth;
    } else {
      depth -= pending;
      pending = 0;
    }
    if (depth > limit) return i;
  }
  return std::nullopt;
}

}  // namespace cdc::parse
