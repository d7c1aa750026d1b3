#pragma once

// UTF-8 text as characters. A byte that starts no character counts as one character, U+FFFD, so that nothing
// is lost from the count of a damaged text.

#include <cstddef>
#include <string>
#include <string_view>

namespace cdc {

// Decodes the character at `*at` and moves behind it. Requires: *at < end.
char32_t NextCharacter(const char** at, const char* end);
// Writes a character and returns the end; at most four bytes.
char* WriteCharacter(char32_t c, char* out);

bool IsUtf8(std::string_view bytes);
size_t CountCharacters(std::string_view text);
// Byte offset of character number `index` (from 0), or the size of the text.
size_t OffsetOfCharacter(std::string_view text, size_t index);
// A text for a message: at most `bytes_max` bytes and whole characters of it, then "…" if that is not all.
std::string Excerpt(std::string_view text, size_t bytes_max);

// Unicode's simple case mapping of one character; the character itself if it has none.
char32_t LowerCharacter(char32_t c);
char32_t UpperCharacter(char32_t c);

}  // namespace cdc
