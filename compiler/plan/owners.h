#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/regex/pattern.h"

namespace cdc::plan {

// Which rule of a pipe owns a table: the first whose pattern matches (LANGUAGE §8). Databases of the server itself
// match by exact name only. Compiled once: make one where many tables are asked for. Threads: any.
class Owners {
 public:
  // Requires: patterns that compile, which the checker and FromJson() see to.
  explicit Owners(const Pipe& pipe);

  // Number of the rule in Pipe::tables, `skip` rules included; -1 if no rule owns the table.
  int Find(const std::string& database, const std::string& table) const;

  // Named groups of a rule's patterns, database before table, and their texts for a table it owns.
  std::vector<std::string> MatchNames(int rule) const;
  std::vector<std::string> MatchValues(int rule, const std::string& database, const std::string& table) const;

 private:
  struct Name {
    NamePattern::Kind kind = NamePattern::Kind::kExact;
    std::string text;
    std::optional<regex::Pattern> pattern;
    explicit Name(const NamePattern& from);
    bool Matches(const std::string& name) const;
  };
  struct Rule {
    Name database;
    Name table;
  };

  std::vector<Rule> rules_;
};

}  // namespace cdc::plan
