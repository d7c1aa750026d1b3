#include "tests/fuzz/token_mutator.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "compiler/parse/cut.h"
#include "stdlib/catalog/catalog.h"
#include "stdlib/core/utf8.h"
#include "stdlib/functions/registry.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t size_max);

namespace cdc::fuzz {
namespace {

void AddSettings(const std::vector<catalog::SettingDef>& settings, std::vector<std::string>* words) {
  for (const catalog::SettingDef& setting : settings) {
    words->push_back(setting.name);
    words->insert(words->end(), setting.words.begin(), setting.words.end());
    AddSettings(setting.members, words);
  }
}

// The words of grammar, catalog and functions, and one literal or more of each kind.
const std::vector<std::string>& Words() {
  static const auto* const all = [] {
    auto* words = new std::vector<std::string>{"'a'",
                                               "''",
                                               "'it''s \\n'",
                                               "\"$database$-$tablename$\"",
                                               "\"$param.env$\"",
                                               "r'(?P<n>x)_.*'",
                                               "0",
                                               "1",
                                               "18446744073709551616",
                                               "1.5",
                                               "1e400",
                                               "0xff",
                                               "x'00ff'",
                                               "b'101'",
                                               "30s",
                                               "0d",
                                               "1MiB",
                                               "999999999999h",
                                               "secret.pw",
                                               "param.env",
                                               "meta.op",
                                               "meta.gtid",
                                               "match.n",
                                               "old.id",
                                               "new.id",
                                               "db",
                                               "bus",
                                               "shop.orders",
                                               "id",
                                               "status",
                                               "status = 'paid'",
                                               "is null",
                                               "in (1, 2)",
                                               "try_cast(v as decimal(5, 2))",
                                               "interval 1 day",
                                               "v",
                                               "u8",
                                               "dt",
                                               "ts",
                                               "j",
                                               "e",
                                               "s",
                                               "bits",
                                               "p",
                                               ";",
                                               "{",
                                               "}",
                                               "(",
                                               ")",
                                               "[",
                                               "]",
                                               ",",
                                               ".",
                                               ":",
                                               "=",
                                               "=>",
                                               "->",
                                               "->>",
                                               "*",
                                               "/",
                                               "%",
                                               "+",
                                               "-",
                                               "~",
                                               "^",
                                               "<<",
                                               ">>",
                                               "&",
                                               "|",
                                               "&&",
                                               "||",
                                               "<=>",
                                               "<>",
                                               "!=",
                                               "<",
                                               "<=",
                                               ">",
                                               ">=",
                                               "..",
                                               "-- pipec: allow PIPE204: x (2026-01-01)\n",
                                               "--- doc\n"};
    for (const char* word :
         {"edition",   "import",     "project",  "source",  "sink",       "registry", "notifier",  "store",
          "param",     "secret",     "function", "preset",  "sensitive",  "alert",    "pipe",      "test",
          "from",      "into",       "table",    "where",   "select",     "merge",    "snapshot",  "topic",
          "key",       "partition",  "format",   "header",  "on",         "names",    "convert",   "accept",
          "verify",    "use",        "as",       "except",  "rename",     "replace",  "skip",      "publish",
          "tombstone", "quarantine", "fail",     "pause",   "resnapshot", "retry",    "follow",    "insert",
          "update",    "delete",     "enter",    "leave",   "dml",        "ddl",      "heartbeat", "transaction",
          "error",     "add",        "column",   "modify",  "drop",       "create",   "truncate",  "alter",
          "index",     "when",       "case",     "then",    "else",       "end",      "and",       "or",
          "xor",       "not",        "like",     "regexp",  "between",    "in",       "null",      "true",
          "false",     "unsigned",   "div",      "mod",     "hash",       "by",       "using",     "primary",
          "none",      "given",      "expect",   "nothing", "values",     "set",      "to",        "of",
          "returns",   "notify",     "severity", "for",     "binlog",     "database"})
      words->push_back(word);
    for (const functions::FunctionDef* function : functions::AllFunctions())
      words->push_back(std::string(function->name) + "(");
    for (const catalog::KindDef& kind : catalog::Kinds()) {
      words->push_back(kind.name);
      AddSettings(kind.settings, words);
    }
    return words;
  }();
  return *all;
}

class Mutator {
 public:
  Mutator(std::string text, unsigned seed) : random_(seed) {
    for (const parse::Piece& piece : parse::Cut(text))
      tokens_.push_back(text.substr(piece.begin, piece.end - piece.begin));
  }

  std::string Run() {
    for (size_t changes = 1 + Below(3); changes > 0; --changes) Change();
    return Joined();
  }

  // One stretch of the other, a clause or more where it has any, put somewhere.
  std::string Cross(const Mutator& other) {
    if (other.tokens_.empty()) return Joined();
    size_t begin = Below(other.tokens_.size());
    while (begin > 0 && other.tokens_[begin - 1] != ";" && other.tokens_[begin - 1] != "{") --begin;
    size_t end = begin;
    for (size_t clauses = 1 + Below(3); clauses > 0 && end < other.tokens_.size(); --clauses) {
      while (end < other.tokens_.size() && other.tokens_[end] != ";") ++end;
      if (end < other.tokens_.size()) ++end;
    }
    size_t at = Place();
    while (at > 0 && tokens_[at - 1] != ";" && tokens_[at - 1] != "{") --at;
    Insert(at, {other.tokens_.begin() + static_cast<ptrdiff_t>(begin),
                other.tokens_.begin() + static_cast<ptrdiff_t>(end)});
    return Joined();
  }

 private:
  size_t Below(size_t limit) { return random_() % limit; }
  size_t Place() { return Below(tokens_.size() + 1); }
  void Insert(size_t at, const std::vector<std::string>& tokens) {
    tokens_.insert(tokens_.begin() + static_cast<ptrdiff_t>(at), tokens.begin(), tokens.end());
  }
  std::string Word() {
    if (!tokens_.empty() && Below(2) == 0) return tokens_[Below(tokens_.size())];
    return Words()[Below(Words().size())];
  }

  void Change() {
    const size_t at = Place();
    const size_t left = tokens_.size() - at;
    if (left == 0) return Insert(at, {" ", Word(), " "});
    const size_t few = std::min(left, 1 + Below(8));
    const auto first = tokens_.begin() + static_cast<ptrdiff_t>(at);
    const std::vector<std::string> stretch(first, first + static_cast<ptrdiff_t>(few));
    switch (Below(5)) {
      case 0:
        tokens_.erase(first, first + static_cast<ptrdiff_t>(few));
        return;
      case 1:
        return Insert(Place(), stretch);
      case 2:
        std::swap(tokens_[at], tokens_[Below(tokens_.size())]);
        return;
      case 3:
        return Insert(at, {" ", Word(), " "});
      default:
        tokens_[at] = Word();
    }
  }

  std::string Joined() const {
    std::string text;
    for (const std::string& token : tokens_) text += token;
    return text;
  }

  std::minstd_rand random_;
  std::vector<std::string> tokens_;
};

size_t Give(const std::string& text, uint8_t* out, size_t size_max) {
  const size_t size = std::min(text.size(), size_max);
  if (size > 0) std::memcpy(out, text.data(), size);
  return size;
}

std::string Text(const uint8_t* data, size_t size) { return std::string(reinterpret_cast<const char*>(data), size); }

}  // namespace

size_t MutateTokens(uint8_t* data, size_t size, size_t size_max, unsigned seed) {
  if (seed % 4 == 0 || !IsUtf8(Text(data, size))) return LLVMFuzzerMutate(data, size, size_max);
  return Give(Mutator(Text(data, size), seed).Run(), data, size_max);
}

size_t CrossTokens(const uint8_t* a, size_t a_size, const uint8_t* b, size_t b_size, uint8_t* out, size_t size_max,
                   unsigned seed) {
  if (!IsUtf8(Text(a, a_size)) || !IsUtf8(Text(b, b_size))) return Give(Text(a, a_size), out, size_max);
  return Give(Mutator(Text(a, a_size), seed).Cross(Mutator(Text(b, b_size), seed)), out, size_max);
}

}  // namespace cdc::fuzz
