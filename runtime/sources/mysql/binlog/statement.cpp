// Statements are not parsed here: a few words decide what they are, and DDL goes on to the parser.

#include <algorithm>
#include <charconv>

#include "runtime/sources/mysql/binlog/query.h"

namespace cdc::binlog {
namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWord(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<uint8_t>(c) >= 0x80;
}

struct Token {
  enum class Kind { kEnd, kWord, kQuoted, kSymbol, kText };
  Kind kind = Kind::kEnd;
  std::string text;   // kQuoted: without quotes
  std::string upper;  // kWord
  bool Is(std::string_view word) const { return kind == Kind::kWord && upper == word; }
  bool IsSymbol(char c) const { return kind == Kind::kSymbol && text[0] == c; }
  bool IsName() const { return kind == Kind::kWord || kind == Kind::kQuoted; }
};

class Tokens {
 public:
  Tokens(std::string_view text, const Server& server, bool ansi_quotes)
      : rest_(text), size_(text.size()), server_(server), ansi_quotes_(ansi_quotes) {
    Advance();
  }

  const Token& now() const { return token_; }
  // Where the token begins.
  size_t offset() const { return offset_; }
  void Advance() {
    SkipBlank();
    token_ = Token();
    offset_ = size_ - rest_.size();
    if (rest_.empty()) return;
    const char c = rest_.front();
    if (IsWord(c)) return TakeWord();
    if (c == '`' || (c == '"' && ansi_quotes_)) return TakeQuoted(Token::Kind::kQuoted);
    if (c == '\'' || c == '"') return TakeQuoted(Token::Kind::kText);
    token_ = {Token::Kind::kSymbol, std::string(1, c), {}};
    rest_.remove_prefix(1);
  }
  // Moves on if the token is this word.
  bool Take(std::string_view word) {
    if (!token_.Is(word)) return false;
    Advance();
    return true;
  }
  template <typename... Words>
  void SkipAny(Words... words) {
    while ((Take(words) || ...)) {
    }
  }

 private:
  void TakeWord() {
    const size_t size = static_cast<size_t>(std::find_if_not(rest_.begin(), rest_.end(), IsWord) - rest_.begin());
    token_ = {Token::Kind::kWord, std::string(rest_.substr(0, size)), {}};
    for (const char c : token_.text) token_.upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    rest_.remove_prefix(size);
  }

  void TakeQuoted(Token::Kind kind) {
    const char quote = rest_.front();
    token_ = {kind, {}, {}};
    size_t i = 1;
    for (; i < rest_.size(); ++i) {
      if (kind == Token::Kind::kText && rest_[i] == '\\' && i + 1 < rest_.size())
        ++i;
      else if (rest_[i] == quote && (i + 1 >= rest_.size() || rest_[i + 1] != quote))
        break;
      else if (rest_[i] == quote)
        ++i;
      token_.text += rest_[i];
    }
    rest_.remove_prefix(std::min(rest_.size(), i + 1));
  }

  void SkipLine() {
    const size_t end = rest_.find('\n');
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  }

  // Whether this server runs a conditional comment of that version (0: none).
  bool Runs(int version, bool mariadb_only) const {
    if (mariadb_only && !server_.mariadb) return false;
    if (server_.mariadb && !mariadb_only && version >= 50700 && version <= 99999) return false;
    return version <= server_.version;
  }

  void SkipComment() {
    const bool mariadb_only = rest_.starts_with("/*M!");
    if (!mariadb_only && !rest_.starts_with("/*!")) {
      const size_t end = rest_.find("*/", 2);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
      return;
    }
    std::string_view body = rest_.substr(mariadb_only ? 4 : 3);
    size_t digits = 0;
    while (digits < 6 && digits < body.size() && IsDigit(body[digits])) ++digits;
    int version = 0;
    if (digits >= 5) std::from_chars(body.data(), body.data() + digits, version);
    if (Runs(version, mariadb_only)) {
      rest_ = body.substr(digits >= 5 ? digits : 0);
      return;
    }
    const size_t end = body.find("*/");
    rest_ = end == std::string_view::npos ? std::string_view() : body.substr(end + 2);
  }

  void SkipBlank() {
    while (!rest_.empty()) {
      if (IsSpace(rest_.front()) || rest_.front() == '\0')
        rest_.remove_prefix(1);
      else if (rest_.front() == '#')
        SkipLine();
      else if (rest_.starts_with("--") && (rest_.size() == 2 || IsSpace(rest_[2])))
        SkipLine();
      else if (rest_.starts_with("*/"))
        rest_.remove_prefix(2);  // of a conditional comment that runs
      else if (rest_.starts_with("/*"))
        SkipComment();
      else
        break;
    }
  }

  std::string_view rest_;
  const size_t size_;
  size_t offset_ = 0;
  const Server server_;
  const bool ansi_quotes_;
  Token token_;
};

using Targets = std::vector<std::pair<std::string, std::string>>;

// `table` or `database.table`; nothing is taken if no name stands here.
bool TakeName(Tokens* in, Targets* out) {
  if (!in->now().IsName()) return false;
  std::string first = in->now().text;
  in->Advance();
  if (!in->now().IsSymbol('.')) {
    out->emplace_back(std::string(), std::move(first));
    return true;
  }
  in->Advance();
  if (!in->now().IsName()) return false;
  out->emplace_back(std::move(first), in->now().text);
  in->Advance();
  return true;
}

// Every name up to one of the words: more than the targets, never less.
template <typename... Words>
Targets NamesUntil(Tokens* in, Words... words) {
  Targets targets;
  while (in->now().kind != Token::Kind::kEnd && !(in->now().Is(words) || ...)) {
    if (!TakeName(in, &targets)) in->Advance();
  }
  return targets;
}

Targets ChangedTables(const std::string& verb, Tokens* in) {
  Targets targets;
  in->SkipAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK", "IGNORE");
  if (verb == "INSERT" || verb == "REPLACE") {
    in->Take("INTO");
    if (!TakeName(in, &targets)) return {};
  } else if (verb == "UPDATE") {
    targets = NamesUntil(in, "SET");
  } else if (verb == "DELETE") {
    targets = NamesUntil(in, "WHERE", "ORDER", "LIMIT");
  } else if (verb == "LOAD") {
    while (in->now().kind != Token::Kind::kEnd && !in->now().Is("INTO")) in->Advance();
    in->Take("INTO");
    in->Take("TABLE");
    if (!TakeName(in, &targets)) return {};
  }
  return targets;
}

StatementClass XaClass(Tokens* in) {
  if (in->now().Is("START") || in->now().Is("BEGIN")) return StatementClass::kXaBegin;
  if (in->now().Is("COMMIT") || in->now().Is("ROLLBACK")) return StatementClass::kXaDecide;
  return StatementClass::kXaEnd;
}

bool IsTableDdl(const std::string& verb, Tokens* in) {
  if (verb == "TRUNCATE") return true;
  if (verb == "RENAME") return in->now().Is("TABLE") || in->now().Is("TABLES");
  if (verb != "CREATE" && verb != "ALTER" && verb != "DROP") return false;
  in->SkipAny("OR", "REPLACE", "TEMPORARY", "ONLINE", "OFFLINE", "IGNORE", "UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR");
  const Token& object = in->now();
  return object.Is("TABLE") || object.Is("TABLES") || object.Is("INDEX") || object.Is("DATABASE") ||
         object.Is("SCHEMA") || object.Is("SEQUENCE");
}

bool IsChange(const std::string& verb) {
  constexpr std::string_view kVerbs[] = {"INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "CALL",
                                         "WITH",   "TABLE",  "VALUES", "SELECT",  "DO",   "IMPORT"};
  return std::find(std::begin(kVerbs), std::end(kVerbs), verb) != std::end(kVerbs);
}

void ClassifyRollback(Tokens* in, StatementInfo* info) {
  info->kind = StatementClass::kRollback;
  in->Take("WORK");
  if (!in->Take("TO")) return;
  in->Take("SAVEPOINT");
  info->kind = StatementClass::kRollbackTo;
  info->savepoint = in->now().text;
}

}  // namespace

StatementInfo Classify(std::string_view text, const Server& server, bool ansi_quotes) {
  StatementInfo info;
  if (text == "BEGIN") {
    info.kind = StatementClass::kBegin;
    return info;
  }
  Tokens in(text, server, ansi_quotes);
  if (in.Take("SET")) {
    if (!in.Take("STATEMENT")) return info;
    while (in.now().kind != Token::Kind::kEnd && !in.now().Is("FOR")) in.Advance();
    in.Advance();
    info.begin = in.offset();
  }
  if (in.now().kind != Token::Kind::kWord) return info;
  const std::string verb = in.now().upper;
  in.Advance();
  if (verb == "BEGIN" || (verb == "START" && in.now().Is("TRANSACTION"))) {
    info.kind = StatementClass::kBegin;
  } else if (verb == "COMMIT") {
    info.kind = StatementClass::kCommit;
  } else if (verb == "ROLLBACK") {
    ClassifyRollback(&in, &info);
  } else if (verb == "SAVEPOINT") {
    info.kind = StatementClass::kSavepoint;
    info.savepoint = in.now().text;
  } else if (verb == "XA") {
    info.kind = XaClass(&in);
  } else if (IsChange(verb)) {
    info.kind = StatementClass::kChange;
    info.targets = ChangedTables(verb, &in);
  } else if (IsTableDdl(verb, &in)) {
    info.kind = StatementClass::kTableDdl;
  }
  return info;
}

}  // namespace cdc::binlog
