#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdc::explain {

// `text` in lines of at most 100 characters, broken at spaces; all but the first begin with `indent`. Ends with a line
// end.
std::string Wrap(std::string_view text, std::string_view indent = "");

// "a, b, c" in such lines.
std::string WrapList(const std::vector<std::string>& items);

// "a, b or c", each in backticks.
std::string CodeList(const std::vector<std::string>& items);

// With a capital letter in front and a period behind.
std::string Sentence(std::string text);

}  // namespace cdc::explain
