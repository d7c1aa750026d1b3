#include "stdlib/core/utf8.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace cdc {
namespace {

// Characters first, first + step, …, last map to themselves plus `delta`.
struct CaseRange {
  char32_t first;
  char32_t last;
  int32_t delta;
  uint32_t step;
};

constexpr CaseRange kToLower[] = {
#define LOWER(first, last, delta, step) {first, last, delta, step},
#define UPPER(first, last, delta, step)
#include "stdlib/core/case_mapping.def"
#undef LOWER
#undef UPPER
};

constexpr CaseRange kToUpper[] = {
#define LOWER(first, last, delta, step)
#define UPPER(first, last, delta, step) {first, last, delta, step},
#include "stdlib/core/case_mapping.def"
#undef LOWER
#undef UPPER
};

template <size_t N>
char32_t Map(const CaseRange (&ranges)[N], char32_t c) {
  const CaseRange* range = std::lower_bound(std::begin(ranges), std::end(ranges), c,
                                            [](const CaseRange& r, char32_t x) { return r.last < x; });
  if (range == std::end(ranges) || c < range->first || (c - range->first) % range->step != 0) return c;
  return static_cast<char32_t>(static_cast<int32_t>(c) + range->delta);
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Bytes of the character at `at`, 0 if it is none (overlong and surrogate forms included).
int CharacterSize(const char* at, const char* end) {
  unsigned char lead = static_cast<unsigned char>(*at);
  if (lead < 0x80) return 1;
  int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || end - at < size) return 0;
  for (int i = 1; i < size; ++i) {
    if (!IsContinuation(at[i])) return 0;
  }
  unsigned char second = static_cast<unsigned char>(at[1]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;
  return size;
}

}  // namespace

char32_t NextCharacter(const char** at, const char* end) {
  const char* from = *at;
  int size = CharacterSize(from, end);
  if (size == 0) {
    ++*at;
    return 0xFFFD;
  }
  *at += size;
  unsigned char lead = static_cast<unsigned char>(*from);
  if (size == 1) return lead;
  char32_t c = lead & (0x7F >> size);
  for (int i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(from[i]) & 0x3F);
  return c;
}

char* WriteCharacter(char32_t c, char* out) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | c >> 6);
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | c >> 12);
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | c >> 18);
    *out++ = static_cast<char>(0x80 | (c >> 12 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

bool IsUtf8(std::string_view bytes) {
  const char* at = bytes.data();
  const char* end = at + bytes.size();
  while (at != end) {
    int size = CharacterSize(at, end);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

size_t CountCharacters(std::string_view text) {
  size_t count = 0;
  const char* at = text.data();
  const char* end = at + text.size();
  for (; at != end; ++count) at += std::max(1, CharacterSize(at, end));
  return count;
}

size_t OffsetOfCharacter(std::string_view text, size_t index) {
  const char* at = text.data();
  const char* end = at + text.size();
  for (; at != end && index > 0; --index) at += std::max(1, CharacterSize(at, end));
  return static_cast<size_t>(at - text.data());
}

std::string Excerpt(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  size_t size = bytes_max;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return std::string(text.substr(0, size)) + "…";
}

char32_t LowerCharacter(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return Map(kToLower, c);
}

char32_t UpperCharacter(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  return Map(kToUpper, c);
}

}  // namespace cdc
