#include "stdlib/core/json_text.h"

#include <algorithm>
#include <cstring>

#include "stdlib/core/check.h"
#include "stdlib/core/utf8.h"

namespace cdc {
namespace {

constexpr int kDepthMax = 100;

bool IsJsonSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

const char* SkipBlanks(const char* at, const char* end) {
  while (at != end && IsJsonSpace(*at)) ++at;
  return at;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Moves over the string that starts at `at`. Requires: valid JSON.
const char* SkipString(const char* at, const char* end) {
  for (++at; at != end; ++at) {
    if (*at == '\\') {
      ++at;
    } else if (*at == '"') {
      return at + 1;
    }
  }
  return end;
}

// Moves over the value that starts at `at`. Requires: valid JSON.
const char* SkipValue(const char* at, const char* end) {
  if (at == end) return at;
  if (*at == '"') return SkipString(at, end);
  if (*at != '{' && *at != '[') {
    while (at != end && *at != ',' && *at != '}' && *at != ']' && !IsJsonSpace(*at)) ++at;
    return at;
  }
  int depth = 0;
  while (at != end) {
    char c = *at;
    if (c == '"') {
      at = SkipString(at, end);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return at;
}

class Checker {
 public:
  Checker(const char* at, const char* end) : at_(at), end_(end) {}

  bool Document() {
    if (!Value(0)) return false;
    at_ = SkipBlanks(at_, end_);
    return at_ == end_;
  }

 private:
  char Peek() const { return at_ == end_ ? '\0' : *at_; }
  bool Take(char c) {
    at_ = SkipBlanks(at_, end_);
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  bool Word(std::string_view word) {
    if (std::string_view(at_, static_cast<size_t>(end_ - at_)).substr(0, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool Value(int depth) {
    if (depth > kDepthMax) return false;
    at_ = SkipBlanks(at_, end_);
    switch (Peek()) {
      case '{':
        return Container(depth, '}', true);
      case '[':
        return Container(depth, ']', false);
      case '"':
        return String();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        return Number();
    }
  }
  bool Container(int depth, char close, bool object) {
    ++at_;
    if (Take(close)) return true;
    do {
      if (object) {
        at_ = SkipBlanks(at_, end_);
        if (Peek() != '"' || !String() || !Take(':')) return false;
      }
      if (!Value(depth + 1)) return false;
    } while (Take(','));
    return Take(close);
  }
  bool String() {
    const char* from = at_;
    for (++at_; at_ != end_; ++at_) {
      unsigned char c = static_cast<unsigned char>(*at_);
      if (c == '"') {
        ++at_;
        return IsUtf8({from, static_cast<size_t>(at_ - from)});
      }
      if (c < 0x20) return false;
      if (c == '\\' && !Escape()) return false;
    }
    return false;
  }
  // Stands on the backslash, ends on the escape's last byte.
  bool Escape() {
    if (end_ - at_ < 2) return false;
    ++at_;
    if (*at_ != 'u') return *at_ != '\0' && std::strchr("\"\\/bfnrt", *at_) != nullptr;
    if (end_ - at_ < 5) return false;
    for (int i = 0; i < 4; ++i) {
      if (HexDigit(*++at_) < 0) return false;
    }
    return true;
  }
  bool Digits() {
    const char* from = at_;
    while (Peek() >= '0' && Peek() <= '9') ++at_;
    return at_ != from;
  }
  bool Number() {
    if (Peek() == '-') ++at_;
    if (Peek() == '0') {
      ++at_;
    } else if (!Digits()) {
      return false;
    }
    if (Peek() == '.') {
      ++at_;
      if (!Digits()) return false;
    }
    if (Peek() == 'e' || Peek() == 'E') {
      ++at_;
      if (Peek() == '+' || Peek() == '-') ++at_;
      if (!Digits()) return false;
    }
    return true;
  }

  const char* at_;
  const char* end_;
};

// Reads the four digits of a \u escape at `at`.
char32_t CodeUnit(const char* at) {
  char32_t unit = 0;
  for (int i = 0; i < 4; ++i) unit = unit << 4 | static_cast<char32_t>(HexDigit(at[i]));
  return unit;
}

// Decodes the escape at `*at` (a backslash) and moves behind it.
char32_t Unescape(const char** at, const char* end) {
  char c = (*at)[1];
  *at += 2;
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      break;
    default:
      return static_cast<unsigned char>(c);
  }
  char32_t unit = CodeUnit(*at);
  *at += 4;
  bool pair = unit >= 0xD800 && unit < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u';
  if (pair) {
    char32_t low = CodeUnit(*at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      *at += 6;
      return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  return unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit;
}

}  // namespace

char* WriteJsonString(std::string_view text, char* out) {
  static constexpr char kHex[] = "0123456789abcdef";
  *out++ = '"';
  for (char c : text) {
    unsigned char byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\') {
      *out++ = c;
      continue;
    }
    *out++ = '\\';
    switch (c) {
      case '"':
      case '\\':
        *out++ = c;
        break;
      case '\b':
        *out++ = 'b';
        break;
      case '\f':
        *out++ = 'f';
        break;
      case '\n':
        *out++ = 'n';
        break;
      case '\r':
        *out++ = 'r';
        break;
      case '\t':
        *out++ = 't';
        break;
      default:
        std::memcpy(out, "u00", 3);
        out[3] = kHex[byte >> 4];
        out[4] = kHex[byte & 15];
        out += 5;
    }
  }
  *out++ = '"';
  return out;
}

void AppendJsonString(std::string_view text, OutBuffer* out) {
  out->AdvanceTo(WriteJsonString(text, out->Reserve(JsonStringMax(text))));
}

JsonKind KindOfJson(std::string_view value) {
  switch (value.empty() ? 'n' : value.front()) {
    case '{':
      return JsonKind::kObject;
    case '[':
      return JsonKind::kArray;
    case '"':
      return JsonKind::kString;
    case 't':
    case 'f':
      return JsonKind::kBool;
    case 'n':
      return JsonKind::kNull;
    default:
      return JsonKind::kNumber;
  }
}

bool IsJson(std::string_view text) { return Checker(text.data(), text.data() + text.size()).Document(); }

JsonReader::JsonReader(std::string_view container)
    : at_(container.data() + 1), end_(container.data() + container.size()), object_(container.front() == '{') {}

bool JsonReader::Next() {
  at_ = SkipBlanks(at_, end_);
  if (at_ != end_ && *at_ == ',') at_ = SkipBlanks(at_ + 1, end_);
  if (at_ == end_ || *at_ == '}' || *at_ == ']') return false;
  if (object_) {
    const char* from = at_;
    at_ = SkipString(at_, end_);
    key_ = {from, static_cast<size_t>(at_ - from)};
    at_ = SkipBlanks(at_, end_);
    if (at_ != end_) ++at_;
    at_ = SkipBlanks(at_, end_);
  }
  const char* from = at_;
  at_ = SkipValue(at_, end_);
  value_ = {from, static_cast<size_t>(at_ - from)};
  return true;
}

bool JsonStringIs(std::string_view quoted, std::string_view plain) {
  const char* at = quoted.data() + 1;
  const char* end = quoted.data() + quoted.size() - 1;
  size_t done = 0;
  while (at != end) {
    char bytes[4];
    char* stop = bytes;
    if (*at == '\\') {
      stop = WriteCharacter(Unescape(&at, end), bytes);
    } else {
      *stop++ = *at++;
    }
    size_t size = static_cast<size_t>(stop - bytes);
    if (plain.size() - done < size || std::memcmp(plain.data() + done, bytes, size) != 0) return false;
    done += size;
  }
  return done == plain.size();
}

std::optional<std::string_view> JsonMember(std::string_view object, std::string_view name) {
  JsonReader reader(object);
  while (reader.Next()) {
    if (JsonStringIs(reader.key(), name)) return reader.value();
  }
  return std::nullopt;
}

std::optional<std::string_view> JsonElement(std::string_view array, size_t index) {
  JsonReader reader(array);
  while (reader.Next()) {
    if (index-- == 0) return reader.value();
  }
  return std::nullopt;
}

size_t JsonSize(std::string_view container) {
  size_t size = 0;
  for (JsonReader reader(container); reader.Next();) ++size;
  return size;
}

std::string_view JsonUnquote(std::string_view quoted, Arena* scratch) {
  std::string_view inside = quoted.substr(1, quoted.size() - 2);
  if (inside.find('\\') == inside.npos) return inside;
  char* from = scratch->Allocate(inside.size());
  char* out = from;
  const char* at = inside.data();
  const char* end = at + inside.size();
  while (at != end) {
    if (*at == '\\') {
      out = WriteCharacter(Unescape(&at, end), out);
    } else {
      *out++ = *at++;
    }
  }
  return {from, static_cast<size_t>(out - from)};
}

char* WriteNormalJson(std::string_view text, char* out) {
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end) {
    if (*at == '"') {
      const char* from = at;
      at = SkipString(at, end);
      out = std::copy(from, at, out);
    } else if (IsJsonSpace(*at)) {
      ++at;
    } else {
      *out++ = *at;
      if (*at == ',' || *at == ':') *out++ = ' ';
      ++at;
    }
  }
  return out;
}

}  // namespace cdc
