#include "stdlib/ddl/tokens.h"

#include <algorithm>
#include <utility>

namespace cdc::ddl {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\0'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
bool IsNameByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether a server runs the inside of a comment that names `version`. MariaDB leaves out MySQL's own 5.7
// to 9.x.
bool Runs(int version, bool mariadb_mark, const Dialect& dialect) {
  if (!dialect.mariadb) return !mariadb_mark && version <= dialect.server_version;
  if (!mariadb_mark && version >= 50700 && version <= 99999) return false;
  return version <= dialect.server_version;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view sql, const Dialect& dialect) : sql_(sql), dialect_(dialect) {}

  Result<std::vector<Token>> Run() {
    if (sql_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    while (at_ < sql_.size()) {
      RETURN_IF_ERROR(Step());
    }
    if (open_comments_ > 0) return NotClosed("comment", static_cast<uint32_t>(sql_.size()));
    Push(TokenKind::kEnd, sql_.size());
    return std::move(tokens_);
  }

 private:
  char Peek(size_t ahead = 0) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }
  bool Starts(std::string_view text) const { return sql_.substr(at_, text.size()) == text; }

  Error NotClosed(const char* what, uint32_t begin) const {
    return Error(ErrorCode::kConfig, std::string("a ") + what + " is not closed at " + PlaceOf(sql_, begin));
  }

  Token& Push(TokenKind kind, size_t end) {
    Token token;
    token.kind = kind;
    token.begin = static_cast<uint32_t>(at_);
    token.end = static_cast<uint32_t>(end);
    token.text = std::string(sql_.substr(at_, end - at_));
    at_ = end;
    tokens_.push_back(std::move(token));
    return tokens_.back();
  }

  Status Step() {
    char c = Peek();
    if (IsSpace(c)) {
      ++at_;
      return OkStatus();
    }
    if (Starts("/*")) return Comment();
    if (open_comments_ > 0 && Starts("*/")) {
      --open_comments_;
      at_ += 2;
      return OkStatus();
    }
    bool line_comment = c == '#' || (Starts("--") && (at_ + 2 >= sql_.size() || IsSpace(Peek(2))));
    if (line_comment) {
      at_ = std::min(sql_.find('\n', at_), sql_.size());
      return OkStatus();
    }
    if (c == '`' || (c == '"' && dialect_.ansi_quotes)) return Quoted(TokenKind::kQuoted, c);
    if (c == '\'' || c == '"') return Quoted(TokenKind::kString, c);
    bool after_name = !tokens_.empty() && tokens_.back().kind == TokenKind::kDot;
    if (!after_name && (IsDigit(c) || (c == '.' && IsDigit(Peek(1)) && !AfterWord()))) {
      if (Number()) return OkStatus();
    }
    bool bits = (c == 'b' || c == 'B' || c == 'x' || c == 'X') && Peek(1) == '\'';
    if (bits) {
      size_t close = sql_.find('\'', at_ + 2);
      if (close == std::string_view::npos) return NotClosed("literal", static_cast<uint32_t>(at_));
      Push(TokenKind::kBits, close + 1);
      return OkStatus();
    }
    if (IsNameByte(c)) {
      Word();
      return OkStatus();
    }
    Push(Punctuation(c), at_ + 1);
    return OkStatus();
  }

  bool AfterWord() const {
    return !tokens_.empty() && tokens_.back().end == at_ &&
           (tokens_.back().kind == TokenKind::kWord || tokens_.back().kind == TokenKind::kQuoted);
  }

  static TokenKind Punctuation(char c) {
    switch (c) {
      case '(':
        return TokenKind::kOpen;
      case ')':
        return TokenKind::kClose;
      case ',':
        return TokenKind::kComma;
      case ';':
        return TokenKind::kSemicolon;
      case '.':
        return TokenKind::kDot;
      case '=':
        return TokenKind::kEqual;
      case '+':
      case '-':
        return TokenKind::kSign;
      default:
        return TokenKind::kOperator;
    }
  }

  void Word() {
    size_t end = at_;
    while (end < sql_.size() && IsNameByte(sql_[end])) ++end;
    Token& token = Push(TokenKind::kWord, end);
    token.word = token.text;
    for (char& c : token.word) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
    }
  }

  // False if what starts with a digit is a name, as `2fa`.
  bool Number() {
    size_t end = at_;
    if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'b') && IsHex(Peek(2))) {
      end += 2;
      while (end < sql_.size() && IsHex(sql_[end])) ++end;
      if (end < sql_.size() && IsNameByte(sql_[end])) return false;
      Push(TokenKind::kBits, end);
      return true;
    }
    while (end < sql_.size() && IsDigit(sql_[end])) ++end;
    if (end < sql_.size() && sql_[end] == '.') {
      ++end;
      while (end < sql_.size() && IsDigit(sql_[end])) ++end;
    }
    size_t exponent = end + 1;
    if (end < sql_.size() && (sql_[end] | 0x20) == 'e') {
      if (exponent < sql_.size() && (sql_[exponent] == '+' || sql_[exponent] == '-')) ++exponent;
      if (exponent < sql_.size() && IsDigit(sql_[exponent])) {
        end = exponent;
        while (end < sql_.size() && IsDigit(sql_[end])) ++end;
      }
    }
    if (end < sql_.size() && IsNameByte(sql_[end])) return false;
    Push(TokenKind::kNumber, end);
    return true;
  }

  Status Quoted(TokenKind kind, char quote) {
    size_t begin = at_;
    bool escapes = kind == TokenKind::kString && !dialect_.no_backslash_escapes;
    std::string text;
    size_t i = begin + 1;
    for (;; ++i) {
      if (i >= sql_.size()) {
        return NotClosed(kind == TokenKind::kString ? "string" : "name", static_cast<uint32_t>(begin));
      }
      char c = sql_[i];
      if (c == quote) {
        if (i + 1 >= sql_.size() || sql_[i + 1] != quote) break;
        ++i;
      } else if (c == '\\' && escapes && i + 1 < sql_.size()) {
        c = Unescaped(sql_[++i], &text);
      }
      text += c;
    }
    Push(kind, i + 1).text = std::move(text);
    return OkStatus();
  }

  static char Unescaped(char c, std::string* text) {
    switch (c) {
      case '0':
        return '\0';
      case 'b':
        return '\b';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'Z':
        return '\x1a';
      case '%':
      case '_':
        *text += '\\';
        return c;
      default:
        return c;
    }
  }

  Status Comment() {
    size_t begin = at_;
    bool mariadb_mark = Starts("/*M!");
    if (Starts("/*!") || mariadb_mark) {
      size_t digits = begin + (mariadb_mark ? 4 : 3);
      size_t end = digits;
      int version = 0;
      while (end < sql_.size() && IsDigit(sql_[end]) && end < digits + 6) version = version * 10 + (sql_[end++] - '0');
      if (Runs(version, mariadb_mark, dialect_)) {
        at_ = end;
        ++open_comments_;
        return OkStatus();
      }
    }
    int depth = 0;  // a comment that is not run may hold others
    for (size_t i = begin; i + 1 < sql_.size(); ++i) {
      if (sql_[i] == '/' && sql_[i + 1] == '*') {
        if (depth == 0 || Starts("/*!") || mariadb_mark) ++depth;
        ++i;
      } else if (sql_[i] == '*' && sql_[i + 1] == '/') {
        ++i;
        if (--depth == 0) {
          at_ = i + 1;
          return OkStatus();
        }
      }
    }
    return NotClosed("comment", static_cast<uint32_t>(begin));
  }

  std::string_view sql_;
  const Dialect& dialect_;
  size_t at_ = 0;
  int open_comments_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> Tokenize(std::string_view sql, const Dialect& dialect) {
  return Tokenizer(sql, dialect).Run();
}

std::string PlaceOf(std::string_view sql, uint32_t offset) {
  std::string_view before = sql.substr(0, offset);
  size_t line = static_cast<size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  size_t start = before.rfind('\n');
  size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace cdc::ddl
