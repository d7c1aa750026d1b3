#include "compiler/explain/wrap.h"

#include <algorithm>
#include <cctype>

namespace cdc::explain {
namespace {

constexpr size_t kWidth = 100;

// Characters of UTF-8 text, each taken as one column.
size_t Columns(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string Wrap(std::string_view text, std::string_view indent) {
  std::string wrapped;
  size_t column = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(' ', at), text.size());
    std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (column > 0 && column + 1 + Columns(word) > kWidth) {
      wrapped += "\n" + std::string(indent);
      column = indent.size();
    } else if (column > 0) {
      wrapped += ' ';
      ++column;
    }
    wrapped += word;
    column += Columns(word);
  }
  return wrapped + "\n";
}

std::string WrapList(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return Wrap(text);
}

std::string CodeList(const std::vector<std::string>& items) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " or " : ", ";
    text += "`" + items[i] + "`";
  }
  return text;
}

std::string Sentence(std::string text) {
  if (text.empty()) return text;
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (text.back() != '.') text += '.';
  return text;
}

}  // namespace cdc::explain
