#include "stdlib/functions/text/letter_case.h"

#include <algorithm>

namespace cdc::functions {

Value MapLetters(const Value& text, char32_t (*map)(char32_t), Arena* scratch) {
  if (text.kind() == ValueKind::kBytes) return text;
  std::string_view from = text.text();
  // No simple mapping makes a character longer than twice its size.
  char* start = scratch->Allocate(from.size() * 2);
  char* to = start;
  const char* at = from.data();
  const char* end = at + from.size();
  while (at != end) {
    const char* begin = at;
    char32_t c = NextCharacter(&at, end);
    char32_t mapped = map(c);
    to = mapped == c ? std::copy(begin, at, to) : WriteCharacter(mapped, to);
  }
  scratch->ShrinkLast(to);
  return Value::Text({start, static_cast<size_t>(to - start)});
}

}  // namespace cdc::functions
