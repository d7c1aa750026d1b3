#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/bind/secret_values.h"
#include "stdlib/core/schema.h"
#include "stdlib/expr/resolve.h"

namespace cdc::bind {

// The names that an expression of a table rule sees: the columns of one table version, or the output columns of its
// rule. Lifetime: `columns` and `secrets` outlive the scope.
class TableScope : public expr::Scope {
 public:
  struct Options {
    std::string table;                         // `shop.orders`, for messages
    std::vector<std::string> match_names;      // named groups of the rule's table pattern
    bool images = true;                        // old. and new. have a meaning
    std::vector<uint32_t> match_lengths = {};  // most characters of each group, parallel; 0 or missing: no bound
    const SecretValues* secrets = nullptr;     // null: none can be read here
  };
  TableScope(const std::vector<Column>* columns, Options options) : columns_(columns), options_(std::move(options)) {}

  const Options& options() const { return options_; }

  std::optional<ColumnRef> FindColumn(std::string_view name) const override;
  std::vector<std::string> ColumnNames() const override;
  std::string TableName() const override { return options_.table; }
  std::optional<SecretRef> FindSecret(std::string_view name) const override;
  std::vector<std::string> MatchNames() const override { return options_.match_names; }
  uint32_t MatchLengthMax(std::string_view name) const override;
  bool HasImages() const override { return options_.images; }
  bool HasColumns() const override { return columns_ != nullptr; }

 private:
  const std::vector<Column>* columns_;  // null: no columns here (conditions of DDL rules)
  Options options_;
};

// Position of a column by name, without regard to case; -1 if there is none.
int FindColumnByName(const std::vector<Column>& columns, std::string_view name);

}  // namespace cdc::bind
