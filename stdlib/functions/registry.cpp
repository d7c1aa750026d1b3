#include "stdlib/functions/registry.h"

#include <map>
#include <string>

#include "stdlib/core/names.h"

namespace cdc::functions {

#define PIPEWRIGHT_FUNCTION(name) const FunctionDef& name();
#include "stdlib/functions/all.def"
#undef PIPEWRIGHT_FUNCTION

const std::vector<const FunctionDef*>& AllFunctions() {
  static const std::vector<const FunctionDef*> all = {
#define PIPEWRIGHT_FUNCTION(name) &name(),
#include "stdlib/functions/all.def"
#undef PIPEWRIGHT_FUNCTION
  };
  return all;
}

const FunctionDef* FindFunction(std::string_view name) {
  static const std::map<std::string, const FunctionDef*, std::less<>> by_name = [] {
    std::map<std::string, const FunctionDef*, std::less<>> index;
    for (const FunctionDef* def : AllFunctions()) {
      index.emplace(def->name, def);
      for (std::string_view alias : def->aliases) index.emplace(alias, def);
    }
    return index;
  }();
  auto found = by_name.find(FoldName(name));
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace cdc::functions
