#pragma once

#include <cstdint>
#include <string>

namespace cdc::parse {

// Whether a code point may stand in a name: a Unicode letter, mark or digit.
bool IsLetter(uint32_t code_point);
// Whether a code point looks like white space without being it: a non-breaking space, an em space, …
bool IsOddSpace(uint32_t code_point);
// What to call a code point that is no letter: "a non-breaking space (U+00A0)", "`€` (U+20AC)".
std::string DescribeCodePoint(uint32_t code_point);
// The ASCII text that was probably meant: " " for odd spaces, "'" for curly quotes, "-" for dashes; else
// empty.
std::string PlainForm(uint32_t code_point);
std::string EncodeUtf8(uint32_t code_point);

}  // namespace cdc::parse
