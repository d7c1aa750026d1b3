#include "compiler/parse/letters.h"

#include <algorithm>
#include <iterator>

namespace cdc::parse {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

constexpr Range kLetters[] = {
#include "compiler/parse/letters.def"
};

struct Symbol {
  uint32_t code_point;
  const char* name;
  const char* plain;
};

constexpr Symbol kSymbols[] = {
    {0x00A0, "a non-breaking space", " "},
    {0x1680, "an ogham space", " "},
    {0x2000, "an en quad", " "},
    {0x2001, "an em quad", " "},
    {0x2002, "an en space", " "},
    {0x2003, "an em space", " "},
    {0x2004, "a thin space", " "},
    {0x2005, "a thin space", " "},
    {0x2006, "a thin space", " "},
    {0x2007, "a figure space", " "},
    {0x2008, "a punctuation space", " "},
    {0x2009, "a thin space", " "},
    {0x200A, "a hair space", " "},
    {0x200B, "a zero-width space", " "},
    {0x200C, "a zero-width non-joiner", " "},
    {0x200D, "a zero-width joiner", " "},
    {0x200E, "a left-to-right mark", " "},
    {0x200F, "a right-to-left mark", " "},
    {0x2028, "a line separator", " "},
    {0x2029, "a paragraph separator", " "},
    {0x202F, "a narrow non-breaking space", " "},
    {0x205F, "a mathematical space", " "},
    {0x2060, "a word joiner", " "},
    {0x3000, "an ideographic space", " "},
    {0xFEFF, "a byte order mark", " "},
    {0x2018, "a curly quote", "'"},
    {0x2019, "a curly quote", "'"},
    {0x201C, "a curly double quote", "\""},
    {0x201D, "a curly double quote", "\""},
    {0x00B4, "an acute accent", "'"},
    {0x2010, "a typographic hyphen", "-"},
    {0x2011, "a non-breaking hyphen", "-"},
    {0x2012, "a figure dash", "-"},
    {0x2013, "an en dash", "-"},
    {0x2014, "an em dash", "--"},
    {0x2212, "a minus sign", "-"},
    {0xFF08, "a full-width parenthesis", "("},
    {0xFF09, "a full-width parenthesis", ")"},
    {0xFF0C, "a full-width comma", ","},
    {0xFF1B, "a full-width semicolon", ";"},
    {0xFF1A, "a full-width colon", ":"},
    {0xFFFD, "a replacement character", ""},
};

const Symbol* FindSymbol(uint32_t code_point) {
  for (const Symbol& symbol : kSymbols) {
    if (symbol.code_point == code_point) return &symbol;
  }
  return nullptr;
}

std::string Number(uint32_t code_point) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (int shift = 20; shift >= 0; shift -= 4) {
    uint32_t digit = code_point >> shift & 0xF;
    if (!text.empty() || digit != 0 || shift < 16) text += kDigits[digit];
  }
  return "U+" + text;
}

}  // namespace

bool IsLetter(uint32_t code_point) {
  auto next = std::upper_bound(std::begin(kLetters), std::end(kLetters), code_point,
                               [](uint32_t value, const Range& range) { return value < range.first; });
  return next != std::begin(kLetters) && code_point <= std::prev(next)->last;
}

bool IsOddSpace(uint32_t code_point) {
  const Symbol* symbol = FindSymbol(code_point);
  return symbol != nullptr && symbol->plain[0] == ' ';
}

std::string DescribeCodePoint(uint32_t code_point) {
  if (const Symbol* symbol = FindSymbol(code_point)) return std::string(symbol->name) + " (" + Number(code_point) + ")";
  bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
  if (control || (code_point >= 0x2000 && code_point < 0x2070))
    return "a control character (" + Number(code_point) + ")";
  if (code_point < 0x80) return "`" + EncodeUtf8(code_point) + "`";
  return "`" + EncodeUtf8(code_point) + "` (" + Number(code_point) + ")";
}

std::string PlainForm(uint32_t code_point) {
  const Symbol* symbol = FindSymbol(code_point);
  return symbol == nullptr ? "" : symbol->plain;
}

std::string EncodeUtf8(uint32_t code_point) {
  std::string out;
  auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
    tail(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | code_point >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code_point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
  return out;
}

}  // namespace cdc::parse
