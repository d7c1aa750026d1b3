#pragma once

// Which tables a rule's pattern names, and how its templates read for one of them.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/sema/check.h"
#include "stdlib/regex/pattern.h"

namespace cdc::sema {

class SensitiveEntry;

// A compiled table pattern.
class TableMatcher {
 public:
  // Nothing after PIPE113.
  static std::optional<TableMatcher> Make(const ast::Pattern& pattern, diag::Diagnostics* diagnostics);

  bool Matches(const std::string& database, const std::string& table) const;
  // Whether every table of `other` is one of this pattern's, as far as that can be told from the patterns
  // alone.
  bool Contains(const TableMatcher& other) const;
  bool IsExact() const;
  const std::vector<std::string>& groups() const { return groups_; }
  // The most characters of each group, parallel to groups(); 0: no bound.
  const std::vector<uint32_t>& group_lengths() const { return group_lengths_; }
  // The groups' texts for a table that matches, parallel to groups().
  std::vector<std::string> GroupsOf(const std::string& database, const std::string& table) const;
  const ast::Pattern& pattern() const { return *pattern_; }

 private:
  struct Part {
    const ast::NamePart* ast = nullptr;
    std::optional<regex::Pattern> regex;
    bool Matches(const std::string& name) const;
    bool Contains(const Part& other) const;
  };
  const ast::Pattern* pattern_ = nullptr;
  Part database_;
  Part table_;
  std::vector<std::string> groups_;
  std::vector<uint32_t> group_lengths_;
};

// One table that a rule owns, or stands for.
struct TableCase {
  std::string database;  // empty: the rule's pattern alone is known
  std::string table;
  const Schema* schema = nullptr;  // null: unknown columns. Of a rule with `merge widen`, those of all its tables
  std::string target_database;     // after `as`; empty if it cannot be told
  std::string target_table;
  std::vector<std::string> groups;
  std::vector<const SensitiveEntry*> sensitive = {};  // declarations about it
  std::string source = {};                            // empty: it stands for tables of several sources
  const Schema* own = nullptr;                        // its own columns where `schema` is of several tables
};

// A table as it is, whoever owns it; null: unknown columns.
TableCase CaseOf(const Schema* table);

// The text of a template for one table; nothing if it depends on more than the table.
std::optional<std::string> Fill(const Template& value, const std::string& database, const std::string& table,
                                const Rule& rule, const std::vector<std::string>& groups, const std::string& source);

// Which rule a table belongs to: the first whose pattern matches. Quick where most patterns are plain names.
class OwnerFinder {
 public:
  // Lifetime: `matchers` outlives it.
  explicit OwnerFinder(const std::vector<TableMatcher>& matchers);
  // Of every table of a snapshot, which is in order, the position of its matcher; -1: none.
  std::vector<int> Owners(const std::vector<Schema>& tables) const;
  // The first of the matchers before position `end` that takes every table of `other`.
  int FindContaining(const TableMatcher& other, size_t end) const;

 private:
  const std::vector<TableMatcher>& matchers_;
  std::map<std::pair<std::string, std::string>, size_t> exact_;
  std::vector<size_t> patterns_;  // those that are no plain name, ascending
};

// The place of a name in a snapshot, which is in order; nothing if it has none.
std::optional<size_t> FindTable(const std::vector<Schema>& tables, const std::string& database,
                                const std::string& table);

struct OwnedTable {
  const Schema* schema = nullptr;
  std::string source;
};

// The tables of a rule: those it owns in the snapshots, `owned`; for the sources without a snapshot, `unknown`, one
// case with its own name if that is exact; if there is no other, a nameless one.
std::vector<TableCase> CasesOf(const Rule& rule, const TableMatcher& matcher, const std::vector<OwnedTable>& owned,
                               const std::vector<std::string>& unknown);

}  // namespace cdc::sema
