#pragma once

// Which columns are declared sensitive: `sensitive payments.* (email, r'.*_pan');`.

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/sema/tables.h"

namespace cdc::sema {

// One declaration. Lifetime: the AST outlives it.
class SensitiveEntry {
 public:
  // Nothing after PIPE113.
  static std::optional<SensitiveEntry> Make(const ast::SensitiveDecl& decl, diag::Diagnostics* diagnostics);

  // Whether it is about a table; of a case without a name, whether it is about every table of `rule`'s pattern.
  bool Covers(const TableCase& table, const TableMatcher& rule) const;
  // The column pattern that names `column`, without regard to case; null if none does.
  const ast::NamePart* Find(std::string_view column) const;

 private:
  struct Column {
    const ast::NamePart* ast = nullptr;
    std::optional<regex::Pattern> regex;
  };
  explicit SensitiveEntry(TableMatcher tables) : tables_(std::move(tables)) {}

  TableMatcher tables_;
  std::vector<Column> columns_;
};

// Fills in what is declared about a rule's tables. Lifetime: `entries` outlives the cases.
void MarkSensitive(const std::vector<SensitiveEntry>& entries, const TableMatcher& rule, std::vector<TableCase>* cases);

// Where a column of a table is declared sensitive; null if it is not.
const ast::NamePart* FindSensitive(const TableCase& table, std::string_view column);

}  // namespace cdc::sema
