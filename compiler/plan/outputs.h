#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/schema.h"

namespace cdc::plan {

// A column of the records that a rule makes of a table's rows.
struct Output {
  std::string name;
  Type type;                          // narrowed by `where`; kUnknown where it cannot be told
  const expr::Expr* value = nullptr;  // what computes it; null: the column `columns[0]` as it is
  std::vector<std::string> columns;   // the source columns it is made of, as the table spells them, none twice
  std::string comment;                // the column's own, if it goes out as it is
};

// What the rule's `select` publishes of the table, in order. Lifetime: values point into the rule.
// Requires: the rule was checked against the table; what does not resolve has an unknown type.
std::vector<Output> OutputsOf(const TableRule& rule, const Schema& table);

// The output names of the key that rows of the table have; empty: none, or a key column is not published.
std::vector<std::string> KeyColumnsOf(const TableRule& rule, const Schema& table);

}  // namespace cdc::plan
