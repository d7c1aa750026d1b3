#pragma once

// The names that expressions of a rule see: a source table's columns, a rule's output columns, a function's
// arguments, or nothing.

#include <map>
#include <string>
#include <vector>

#include "compiler/sema/sensitive.h"
#include "stdlib/expr/resolve.h"

namespace cdc::sema {

// A column as it goes out.
struct OutputColumn {
  std::string name;
  Type type;           // kUnknown where the schema is unknown
  std::string source;  // the source column that it is under another or the same name; empty if computed
  Span span;
};

struct OutputTable {
  std::vector<OutputColumn> columns;
  bool complete = true;               // false: a `*` stands for columns nobody knows
  std::vector<std::string> excepted;  // source columns that a `*` leaves out

  const OutputColumn* Find(std::string_view name) const;
  const OutputColumn* FindSource(std::string_view source) const;
  std::vector<std::string> Names() const;
};

class ProgramScope : public expr::Scope {
 public:
  // Columns of the table; without a schema unknown ones.
  static ProgramScope Row(const TableCase& table, std::vector<std::string> groups, bool has_images);
  static ProgramScope Output(const OutputTable& output, std::string table, std::vector<std::string> groups);
  // No columns: metadata and groups only.
  static ProgramScope Nothing(std::vector<std::string> groups);
  static ProgramScope Arguments(const std::vector<ast::Formal>& formals);

  // What a filter proves about the rows that pass it: these columns, by position, are not NULL.
  void Narrow(const std::vector<int>& not_null);
  // Functions may take secrets, though there is no row.
  void ReadSecrets() { reads_secrets_ = true; }
  // The most characters of each group, parallel to the groups given; without it a group is as long as a name can be.
  void SetGroupLengths(std::vector<uint32_t> lengths) { group_lengths_ = std::move(lengths); }

  std::optional<ColumnRef> FindColumn(std::string_view name) const override;
  std::vector<std::string> ColumnNames() const override;
  std::string TableName() const override { return table_; }
  std::optional<SecretRef> FindSecret(std::string_view) const override {
    return has_columns_ || reads_secrets_ ? std::optional<SecretRef>(SecretRef{}) : std::nullopt;
  }
  std::vector<std::string> MatchNames() const override { return groups_; }
  uint32_t MatchLengthMax(std::string_view name) const override;
  bool HasImages() const override { return has_images_; }
  bool HasColumns() const override { return has_columns_; }

 private:
  std::vector<std::pair<std::string, Type>> columns_;
  std::vector<std::string> excepted_;
  std::vector<const SensitiveEntry*> sensitive_;
  std::string table_;
  std::vector<std::string> groups_;
  std::vector<uint32_t> group_lengths_;
  bool complete_ = true;
  bool has_images_ = false;
  bool has_columns_ = true;
  bool reads_secrets_ = false;
};

// Turns problems of an expression into diagnostics, each place and kind once.
void ReportProblems(const std::vector<expr::Problem>& problems, diag::Diagnostics* diagnostics);
// The smallest part of a typed expression that may fail; null if none.
const expr::Typed* FindFallible(const expr::Typed& typed);

}  // namespace cdc::sema
