#include "stdlib/regex/length_bound.h"

#include <algorithm>
#include <string>

// A bound by recursive descent over the parts of RE2's syntax that repeat, choose and group. What it does not
// know in detail it takes for unbounded, so a bound that it gives holds.

namespace cdc::regex {
namespace {

constexpr uint32_t kUnbounded = UINT32_MAX;
constexpr uint32_t kSaneMax = 1 << 20;

uint32_t Add(uint32_t a, uint32_t b) {
  return a == kUnbounded || b == kUnbounded || a + b > kSaneMax ? kUnbounded : a + b;
}

uint32_t Times(uint32_t a, uint32_t n) {
  if (a == 0 || n == 0) return 0;
  return a == kUnbounded || n == kUnbounded || uint64_t{a} * n > kSaneMax ? kUnbounded : a * n;
}

class Bound {
 public:
  Bound(std::string_view pattern, std::string_view name) : rest_(pattern), name_(name) {}

  uint32_t Find() {
    Choice();
    return found_ == kUnbounded ? 0 : found_;
  }

 private:
  bool AtEnd() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  void Skip(size_t n = 1) { rest_.remove_prefix(std::min(n, rest_.size())); }
  void SkipTo(char c) {
    while (!AtEnd() && Peek() != c) Skip();
    Skip();
  }

  uint32_t Choice() {
    uint32_t longest = Sequence();
    while (Peek() == '|') {
      Skip();
      longest = std::max(longest, Sequence());
    }
    return longest;
  }

  uint32_t Sequence() {
    uint32_t total = 0;
    while (!AtEnd() && Peek() != '|' && Peek() != ')') total = Add(total, Repeated());
    return total;
  }

  uint32_t Repeated() {
    uint32_t one = Atom();
    for (;;) {
      if (Peek() == '*' || Peek() == '+') {
        one = Times(one, kUnbounded);
        Skip();
      } else if (Peek() == '?') {
        Skip();
      } else if (Peek() == '{' && IsCount()) {
        one = Times(one, Count());
      } else {
        return one;
      }
    }
  }

  bool IsCount() const { return rest_.size() > 1 && rest_[1] >= '0' && rest_[1] <= '9'; }

  // {n}, {n,m}, {n,}: the upper end.
  uint32_t Count() {
    std::string_view inside = rest_.substr(1, rest_.find('}') - 1);
    SkipTo('}');
    size_t comma = inside.find(',');
    if (comma != inside.npos) inside.remove_prefix(comma + 1);
    if (inside.empty()) return kUnbounded;
    uint32_t count = 0;
    for (char c : inside) {
      if (c < '0' || c > '9' || count > kSaneMax) return kUnbounded;
      count = count * 10 + static_cast<uint32_t>(c - '0');
    }
    return count;
  }

  uint32_t Atom() {
    char c = Peek();
    if (c == '(') return Group();
    if (c == '[') return CharacterClass();
    if (c == '\\') return Escape();
    Skip();
    if (c == '^' || c == '$') return 0;
    while (!AtEnd() && (static_cast<unsigned char>(Peek()) & 0xC0) == 0x80) Skip();
    return 1;
  }

  uint32_t Group() {
    Skip();
    std::string_view name;
    if (rest_.substr(0, 3) == "?P<") {
      name = rest_.substr(3, rest_.find('>') - 3);
      SkipTo('>');
    } else if (Peek() == '?') {
      while (!AtEnd() && Peek() != ':' && Peek() != ')') Skip();
      if (Peek() == ':') Skip();
    }
    uint32_t length = Choice();
    Skip();
    if (!name.empty() && name == name_) found_ = length;
    return length;
  }

  uint32_t CharacterClass() {
    Skip();
    if (Peek() == '^') Skip();
    if (Peek() == ']') Skip();
    while (!AtEnd() && Peek() != ']') {
      if (Peek() == '\\') {
        Skip(2);
      } else if (rest_.substr(0, 2) == "[:") {
        SkipTo(']');
      } else {
        Skip();
      }
    }
    Skip();
    return 1;
  }

  uint32_t Escape() {
    char c = rest_.size() > 1 ? rest_[1] : '\0';
    Skip(2);
    switch (c) {
      case 'A':
      case 'z':
      case 'b':
      case 'B':
        return 0;
      case 'Q':
        return kUnbounded;
      case 'x':
      case 'p':
      case 'P':
        if (Peek() == '{')
          SkipTo('}');
        else
          Skip(c == 'x' ? 2 : 1);
        return 1;
      default:
        return 1;
    }
  }

  std::string_view rest_;
  std::string_view name_;
  uint32_t found_ = 0;
};

}  // namespace

uint32_t LengthBoundOfGroup(std::string_view pattern, std::string_view name) { return Bound(pattern, name).Find(); }

}  // namespace cdc::regex
