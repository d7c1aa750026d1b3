#include "compiler/parse/cut.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "PipeLexer.h"

namespace cdc::parse {
namespace {

using generated::PipeLexer;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
bool IsAsciiLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool IsLineEnd(char c) { return c == '\r' || c == '\n'; }

// The grammar's words and punctuation by their text, words in lower case.
class Vocabulary {
 public:
  Vocabulary() {
    PipeLexer lexer(nullptr);
    const antlr4::dfa::Vocabulary& names = lexer.getVocabulary();
    for (size_t type = 1; type <= PipeLexer::BannedOr; ++type) {
      const std::string literal = names.getLiteralName(type);  // with its quotes
      std::string text = literal.empty() ? names.getSymbolicName(type) : literal.substr(1, literal.size() - 2);
      if (literal.empty()) std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c | 0x20; });
      types_.emplace(std::move(text), static_cast<int>(type));
    }
    types_.emplace("rlike", static_cast<int>(PipeLexer::Regexp));
  }

  // 0 if it is neither.
  int Find(std::string_view text) const {
    auto found = types_.find(std::string(text));
    return found == types_.end() ? 0 : found->second;
  }

 private:
  std::unordered_map<std::string, int> types_;
};

const Vocabulary& Words() {
  static const auto* const words = new Vocabulary;
  return *words;
}

constexpr size_t kWordBytesMax = 16;
constexpr size_t kPunctuationBytesMax = 3;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Piece> Run() {
    std::vector<Piece> pieces;
    pieces.reserve(text_.size() / 3);
    while (at_ < text_.size()) {
      const size_t begin = at_;
      const int type = Next();
      pieces.push_back({type, static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)});
    }
    return pieces;
  }

 private:
  char At(size_t offset) const { return at_ + offset < text_.size() ? text_[at_ + offset] : '\0'; }

  // Each of these takes one piece and returns its type.
  int Next() {
    const char first = text_[at_];
    if (IsSpace(first)) return Space();
    if (IsDigit(first)) return Number();
    if (first == '-' && At(1) == '-') return LineComment();
    if (first == '/' && At(1) == '*') return BlockComment();
    if (first == '\'') return String();
    if (first == '"') return Between(1, '"', PipeLexer::Template);
    if (first == '`') return Quoted();
    if (int type = Prefixed(first)) return type;
    if (NameBytes(at_) != 0) return Name();
    return Punctuation();
  }

  int Take(size_t end, int type) {
    at_ = end;
    return type;
  }

  int Space() {
    size_t end = at_;
    while (end < text_.size() && IsSpace(text_[end])) ++end;
    return Take(end, PipeLexer::Space);
  }

  int LineComment() {
    size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
    return Take(end, At(2) == '-' ? PipeLexer::Doc : PipeLexer::Comment);
  }

  int BlockComment() {
    const size_t end = text_.find("*/", at_ + 2);
    return end == std::string_view::npos ? Punctuation() : Take(end + 2, PipeLexer::Block);
  }

  // `'it''s \'quoted\''`; what is not closed ends with the line.
  int String() {
    size_t end = at_ + 1;
    while (end < text_.size() && !IsLineEnd(text_[end])) {
      const char next = end + 1 < text_.size() ? text_[end + 1] : '\n';
      if (text_[end] == '\\') {
        if (IsLineEnd(next)) break;
        end += 2;
      } else if (text_[end] == '\'') {
        if (next != '\'') return Take(end + 1, PipeLexer::String);
        end += 2;
      } else {
        ++end;
      }
    }
    return Take(end, PipeLexer::OpenString);
  }

  // From `quote`, which stands in front of byte `skip`, to the next on the line; Other if there is none.
  int Between(size_t skip, char quote, int type) {
    const size_t end = FindOnLine(at_ + skip, quote);
    return end == std::string_view::npos ? Other() : Take(end + 1, type);
  }

  size_t FindOnLine(size_t from, char wanted) const {
    while (from < text_.size() && !IsLineEnd(text_[from])) {
      if (text_[from] == wanted) return from;
      ++from;
    }
    return std::string_view::npos;
  }

  // `` `any ``name` ``: where a doubled backtick leads nowhere, its first closes.
  int Quoted() {
    size_t closed = 0;
    size_t end = at_ + 1;
    while (end < text_.size() && !IsLineEnd(text_[end])) {
      const bool tick = text_[end] == '`';
      if (tick && end > at_ + 1) closed = end + 1;
      if (tick && (end + 1 == text_.size() || text_[end + 1] != '`')) break;
      end += tick ? 2 : 1;
    }
    return closed == 0 ? Other() : Take(closed, PipeLexer::Quoted);
  }

  // `r'…'`, `x'…'`, `b'…'`; 0 if it is none.
  int Prefixed(char first) {
    if (At(1) != '\'') return 0;
    const char letter = static_cast<char>(first | 0x20);
    if (letter != 'r' && letter != 'x' && letter != 'b') return 0;
    const size_t end = FindOnLine(at_ + 2, '\'');
    if (end == std::string_view::npos) return 0;
    const std::string_view inside = text_.substr(at_ + 2, end - at_ - 2);
    if (letter == 'r') return Take(end + 1, PipeLexer::Regex);
    if (letter == 'x') {
      return std::all_of(inside.begin(), inside.end(), IsHexDigit) ? Take(end + 1, PipeLexer::HexString) : 0;
    }
    const bool bits = inside.find_first_not_of("01") == std::string_view::npos;
    return bits ? Take(end + 1, PipeLexer::BitString) : 0;
  }

  // The bytes of a character that may stand in a name, behind its beginning; 0: none.
  size_t NameBytes(size_t at) const {
    const unsigned char c = static_cast<unsigned char>(text_[at]);
    if (c < 0x80) return IsAsciiLetter(text_[at]) || IsDigit(text_[at]) || c == '_' ? 1 : 0;
    return c >= 0xF0 ? 0 : c >= 0xE0 ? 3 : 2;
  }

  int Name() {
    size_t end = at_;
    while (end < text_.size()) {
      const size_t bytes = end > at_ && text_[end] == '$' ? 1 : NameBytes(end);
      if (bytes == 0) break;
      end += bytes;
    }
    char lower[kWordBytesMax];
    const size_t size = end - at_;
    if (size > kWordBytesMax) return Take(end, PipeLexer::Name);
    for (size_t i = 0; i < size; ++i) {
      const char c = text_[at_ + i];
      if (!IsAsciiLetter(c)) return Take(end, PipeLexer::Name);
      lower[i] = static_cast<char>(c | 0x20);
    }
    const int word = Words().Find({lower, size});
    return Take(end, word == 0 ? static_cast<int>(PipeLexer::Name) : word);
  }

  size_t SkipDigits(size_t at, bool grouped) const {
    while (at < text_.size() && (IsDigit(text_[at]) || (grouped && text_[at] == '_'))) ++at;
    return at;
  }

  // The longest of an integer, a decimal, a float, a hexadecimal number, a duration and a size.
  int Number() {
    const size_t digits = SkipDigits(at_, true);
    size_t end = digits;
    int type = PipeLexer::Integer;
    auto offer = [&](size_t other, int other_type) {
      if (other <= end) return;
      end = other;
      type = other_type;
    };
    auto starts = [&](std::string_view unit) { return text_.substr(digits, unit.size()) == unit; };
    for (std::string_view unit : {"ms", "s", "m", "h", "d"}) {
      if (starts(unit)) offer(digits + unit.size(), PipeLexer::Duration);
    }
    for (std::string_view unit : {"B", "KB", "MB", "GB", "KiB", "MiB", "GiB"}) {
      if (starts(unit)) offer(digits + unit.size(), PipeLexer::Size);
    }
    if (text_[at_] == '0' && At(1) == 'x') {
      size_t hex = at_ + 2;
      while (hex < text_.size() && IsHexDigit(text_[hex])) ++hex;
      if (hex > at_ + 2) offer(hex, PipeLexer::Hex);
    }
    size_t fraction = digits;
    if (digits + 1 < text_.size() && text_[digits] == '.' && IsDigit(text_[digits + 1])) {
      fraction = SkipDigits(digits + 1, false);
      offer(fraction, PipeLexer::Decimal);
    }
    // A fraction need not be part of the float: `1e5`.
    if (fraction < text_.size() && (text_[fraction] | 0x20) == 'e') {
      const bool sign = fraction + 1 < text_.size() && (text_[fraction + 1] == '+' || text_[fraction + 1] == '-');
      const size_t exponent = fraction + (sign ? 2 : 1);
      const size_t last = SkipDigits(exponent, false);
      if (last > exponent) offer(last, PipeLexer::Float);
    }
    return Take(end, type);
  }

  int Punctuation() {
    for (size_t size = std::min(kPunctuationBytesMax, text_.size() - at_); size > 0; --size) {
      if (int type = PunctuationType(text_.substr(at_, size))) return Take(at_ + size, type);
    }
    return Other();
  }

  int Other() {
    const unsigned char c = static_cast<unsigned char>(text_[at_]);
    return Take(at_ + (c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0x80 ? 2 : 1), PipeLexer::Other);
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::vector<Piece> Cut(std::string_view text) { return Scanner(text).Run(); }

int WordType(std::string_view word) { return word.empty() || !IsAsciiLetter(word[0]) ? 0 : Words().Find(word); }

int PunctuationType(std::string_view text) {
  if (text.empty() || IsAsciiLetter(text[0])) return 0;
  return Words().Find(text);
}

}  // namespace cdc::parse
