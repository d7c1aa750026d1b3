#pragma once

// Documents changed at paths, as text: what is not changed is copied.

#include "stdlib/functions/json/document.h"

namespace cdc::functions {

enum class JsonEdit : uint8_t {
  kSet,      // replace or add
  kInsert,   // add
  kReplace,  // replace
  kRemove,
  kAppend,  // behind the last element of the array
  kBefore,  // before the element, or at the end of a shorter array
};

// The document after one edit; as it is where the edit has no place. Requires: `document` is JSON in MySQL's form.
std::string_view EditJson(std::string_view document, const JsonPath& path, JsonEdit edit, std::string_view value,
                          Arena* scratch);

// function(document, path, value, …): the state is the JsonPaths.
Binding BindJsonEdit(std::string_view function, const std::vector<Argument>& args, Code code);
Value Edited(const CallSite& site, const Value* args, size_t count, JsonEdit edit, Arena* scratch);

}  // namespace cdc::functions
