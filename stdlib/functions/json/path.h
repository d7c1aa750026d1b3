#pragma once

// MySQL's JSON paths without wildcards: `$.a.b[1]`, `$."x y"`, `$[0]`.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/functions/function.h"

namespace cdc::functions {

struct JsonStep {
  bool is_index = false;
  std::string member;
  size_t index = 0;
};

struct JsonPath {
  std::vector<JsonStep> steps;
};

// Nothing if the text is no such path; `*why` then says what is wrong.
std::optional<JsonPath> ParseJsonPath(std::string_view text, std::string* why);

// What the path leads to; nothing if the document has no such place. A value that is no array counts as an
// array of itself, as in MySQL. Only the first `steps` of the path are gone. Requires: `document` is valid JSON.
std::optional<std::string_view> Follow(std::string_view document, const JsonPath& path, size_t steps = SIZE_MAX);

// The document of an operand: JSON as it is, text if it is JSON (MariaDB's JSON columns are text), else
// nothing.
std::optional<std::string_view> DocumentOf(const Value& value);

// Binds `function(document, path)`: the path must be written in the program. The path is the call's state.
Binding BindJsonPath(std::string_view function, const std::vector<Argument>& args, Code code);

}  // namespace cdc::functions
