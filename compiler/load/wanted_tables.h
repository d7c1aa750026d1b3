#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/ast/ast.h"
#include "stdlib/regex/pattern.h"

namespace cdc::load {

// The tables whose columns a program may ask for: those that a table rule without `skip` or a `sensitive` can name.
class WantedTables {
 public:
  void Add(const ast::File& file);
  // Wants every table.
  void AddAll() { patterns_.emplace_back(); }

  bool Has(const std::string& database, const std::string& table) const;

 private:
  // A part without a regular expression: any name, or one that is no regular expression of RE2, which the checker
  // says.
  struct Part {
    bool exact = false;
    std::string name;
    std::vector<regex::Pattern> regex;  // none or one
    bool Matches(const std::string& text) const;
  };
  void Add(const ast::Pattern& pattern);
  void Add(const ast::TestDecl& test);

  std::unordered_map<std::string, std::unordered_set<std::string>> exact_;  // tables of a database
  std::vector<std::pair<Part, Part>> patterns_;
};

}  // namespace cdc::load
