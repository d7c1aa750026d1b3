#pragma once

// JSON as MySQL prints it, read in place: no tree, no allocation. Positions are views into the document.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stdlib/core/arena.h"
#include "stdlib/core/out_buffer.h"

namespace cdc {

// Appends `text` as a JSON string with its quotes: `"`, `\` and control characters escaped, everything else
// as it is.
void AppendJsonString(std::string_view text, OutBuffer* out);
// Bytes needed by WriteJsonString at most: six per byte and two quotes.
inline size_t JsonStringMax(std::string_view text) { return text.size() * 6 + 2; }
char* WriteJsonString(std::string_view text, char* out);

enum class JsonKind : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

// Requires: `value` is a valid JSON value without white space around it.
JsonKind KindOfJson(std::string_view value);

// Whether `text` is one valid JSON value; white space may stand around it. At most 100 levels, as in MySQL.
bool IsJson(std::string_view text);

// Reads the members of an object or the elements of an array in order.
// Requires: `container` is a valid JSON object or array.
class JsonReader {
 public:
  explicit JsonReader(std::string_view container);
  // Goes to the next member or element; false at the end.
  bool Next();
  std::string_view key() const { return key_; }  // with its quotes; objects only
  std::string_view value() const { return value_; }

 private:
  const char* at_;
  const char* end_;
  bool object_;
  std::string_view key_, value_;
};

// The member of an object; nothing if it has none. `name` is plain text.
std::optional<std::string_view> JsonMember(std::string_view object, std::string_view name);
std::optional<std::string_view> JsonElement(std::string_view array, size_t index);
size_t JsonSize(std::string_view container);

// A JSON string without quotes and escapes; points into `quoted` when it has no escapes, else into `scratch`.
std::string_view JsonUnquote(std::string_view quoted, Arena* scratch);
// Whether a JSON string, with its quotes, stands for `plain`.
bool JsonStringIs(std::string_view quoted, std::string_view plain);

// Writes a document in MySQL's own form, `, ` and `: ` between things, members as they stand, and returns the
// end. Requires: IsJson(text); `out` has twice its bytes.
char* WriteNormalJson(std::string_view text, char* out);

// MySQL's order of JSON values: null < numbers < strings < objects < arrays < booleans.
int CompareJson(std::string_view a, std::string_view b, Arena* scratch);

}  // namespace cdc
