#pragma once

// What functions over JSON documents share: their operands, values as parts of a document, paths.

#include "stdlib/functions/json/path.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {

using JsonPaths = std::vector<JsonPath>;

// The document of an operand in MySQL's form (`, ` and `: `); nothing if it is NULL or no JSON.
std::optional<std::string_view> NormalDocument(const Value& value, Arena* scratch);

// A value as a part of a document: text as a string, NULL as null, times with six fraction digits.
std::string_view JsonOf(const Type& type, const Value& value, Arena* scratch);

// PIPE106 unless the argument is JSON or text.
std::optional<Mistake> NeedDocument(std::string_view function, const std::vector<Argument>& args, size_t index);
// PIPE106 where a value has no form in JSON: bytes, geometry.
std::optional<Mistake> NeedJsonPart(std::string_view function, const std::vector<Argument>& args, size_t index);

// A function whose first argument is a document; NULL if that is no JSON.
Binding BindDocument(std::string_view function, const std::vector<Argument>& args, Code code);
// The same, with every `step`-th argument from `first` on a path, written in the program. The state is the JsonPaths.
Binding BindJsonPaths(std::string_view function, const std::vector<Argument>& args, size_t first, size_t step,
                      Code code);

}  // namespace cdc::functions
