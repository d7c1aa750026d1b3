#pragma once

// What the functions over regular expressions share. Patterns are RE2's, written in the program, compiled once.

#include "stdlib/functions/text/strings.h"
#include "stdlib/regex/pattern.h"

namespace cdc::functions {

// Where a search starts (in bytes), and which match is meant; 0: all of them.
struct RegexPlace {
  size_t from = 0;
  int64_t occurrence = 1;
};
// From the arguments (position, occurrence) at `index`; nothing if the text has no such position.
std::optional<RegexPlace> PlaceOf(const Value* args, size_t count, size_t index);

bool FindOccurrence(const regex::Pattern& pattern, std::string_view text, const RegexPlace& place,
                    std::string_view* found);
// Where the search goes on behind a match, one character further if that is empty.
size_t Behind(std::string_view text, std::string_view match);

// Binds function(text, pattern, …) with the flags, if any, at `flags`: `i` ignores case, `c` does not, `m` lets `^` and
// `$` match at lines, `n` lets `.` match a line end. The state is the regex::Pattern.
Binding BindRegex(std::string_view function, const std::vector<Argument>& args, size_t flags, Code code);

}  // namespace cdc::functions
