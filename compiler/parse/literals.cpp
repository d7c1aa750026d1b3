#include "compiler/parse/literals.h"

#include <cstdint>

namespace cdc::parse {
namespace {

struct Unit {
  std::string_view name;
  uint64_t factor;
};
constexpr Unit kDurations[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
constexpr Unit kSizes[] = {{"B", 1},         {"KB", 1000},     {"MB", 1'000'000}, {"GB", 1'000'000'000},
                           {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}};

template <size_t N>
std::optional<std::string> Scaled(std::string_view token, const Unit (&units)[N]) {
  uint64_t number = 0;
  size_t at = 0;
  for (; at < token.size() && (token[at] == '_' || (token[at] >= '0' && token[at] <= '9')); ++at) {
    if (token[at] == '_') continue;
    if (number > (INT64_MAX - 9) / 10) return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(token[at] - '0');
  }
  for (const Unit& unit : units) {
    if (unit.name != token.substr(at)) continue;
    if (number > INT64_MAX / unit.factor) return std::nullopt;
    return std::to_string(number * unit.factor);
  }
  return std::nullopt;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) - 'a' + 10;
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string UnescapeString(std::string_view token) {
  if (!token.empty() && token.front() == '\'') token.remove_prefix(1);
  std::string text;
  for (size_t i = 0; i < token.size(); ++i) {
    char c = token[i];
    if (c == '\'') {
      if (i + 1 == token.size()) break;
      ++i;
    } else if (c == '\\' && i + 1 < token.size()) {
      c = token[++i];
      switch (c) {
        case '0':
          c = '\0';
          break;
        case 'b':
          c = '\b';
          break;
        case 'n':
          c = '\n';
          break;
        case 'r':
          c = '\r';
          break;
        case 't':
          c = '\t';
          break;
        case 'Z':
          c = '\x1a';
          break;
        case '%':
        case '_':
          text += '\\';
          break;
        default:
          break;
      }
    }
    text += c;
  }
  return text;
}

std::string UnquoteName(std::string_view token) {
  std::string name;
  for (size_t i = 1; i < token.size(); ++i) {
    if (token[i] == '`') {
      if (i + 1 == token.size()) break;
      ++i;
    }
    name += token[i];
  }
  return name;
}

std::string CleanNumber(std::string_view token) {
  std::string text;
  for (char c : token) {
    if (c != '_') text += c;
  }
  return text;
}

std::optional<std::string> DurationMs(std::string_view token) { return Scaled(token, kDurations); }
std::optional<std::string> SizeBytes(std::string_view token) { return Scaled(token, kSizes); }

std::optional<std::string> BinaryBytes(std::string_view token) {
  bool bits = (token[0] | 0x20) == 'b';
  bool quoted = token[1] == '\'';
  std::string digits(token.substr(2, token.size() - (quoted ? 3 : 2)));
  size_t per_byte = bits ? 8 : 2;
  if (quoted && !bits && digits.size() % 2 != 0) return std::nullopt;
  while (digits.size() % per_byte != 0) digits.insert(digits.begin(), '0');
  std::string bytes;
  for (size_t i = 0; i < digits.size(); i += per_byte) {
    int value = 0;
    for (size_t k = 0; k < per_byte; ++k) value = value * (bits ? 2 : 16) + HexDigit(digits[i + k]);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

ast::Template ReadTemplate(std::string_view token, source::Span span, diag::Diagnostics* diagnostics) {
  ast::Template result;
  result.span = span;
  if (!token.empty() && token.front() == '"') token.remove_prefix(1);
  if (!token.empty() && token.back() == '"') token.remove_suffix(1);
  uint32_t base = span.begin + 1;
  auto place = [&](size_t begin, size_t end) {
    return source::Span{span.file, base + static_cast<uint32_t>(begin), base + static_cast<uint32_t>(end)};
  };
  std::string text;
  size_t text_begin = 0;
  auto flush = [&](size_t end) {
    if (!text.empty()) result.parts.push_back({ast::TemplatePart::Kind::kText, text, place(text_begin, end)});
    text.clear();
  };
  for (size_t i = 0; i < token.size();) {
    if (token[i] != '$') {
      text += token[i++];
      continue;
    }
    size_t end = i + 1;
    while (end < token.size() && IsNameCharacter(token[end])) ++end;
    std::string name(token.substr(i + 1, end - i - 1));
    if (end < token.size() && token[end] == '$') {
      if (name.empty()) {
        text += '$';
      } else {
        flush(i);
        result.parts.push_back({ast::TemplatePart::Kind::kPlaceholder, name, place(i, end + 1)});
        text_begin = end + 1;
      }
      i = end + 1;
      continue;
    }
    diag::Diagnostic& made = diagnostics->Report(
        diag::Kind::kBadTemplate, place(i, end),
        name.empty() ? "a dollar stands alone in this template" : "placeholder `$" + name + "` is not closed",
        name.empty() ? "write `$$` for a dollar" : "write `$" + name + "$`");
    made.notes.push_back("`$name$` is a placeholder, `$$` a dollar");
    made.fixes.push_back(
        name.empty()
            ? diag::Fix{"write `$$`", diag::Applicability::kMaybe, {{place(i, end), "$$"}}}
            : diag::Fix{"close the placeholder", diag::Applicability::kMaybe, {{place(i, end), "$" + name + "$"}}});
    i = end;
  }
  flush(token.size());
  return result;
}

}  // namespace cdc::parse
