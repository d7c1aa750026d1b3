#pragma once

#include <string>
#include <vector>

#include "compiler/diff/diff.h"
#include "stdlib/core/schema.h"

namespace cdc::diff {

// A rule and one table it owns, in its plan. `schema` null: the table's columns are unknown.
struct OwnedTable {
  const plan::Plan& plan;
  const plan::Pipe& pipe;
  const plan::TableRule& rule;
  const Schema* schema = nullptr;
  std::string source = {};  // empty: the rule stands for its tables
};

// What differs between the records of one table before and after, in the order of the clauses.
std::vector<Difference> CompareTables(const OwnedTable& before, const OwnedTable& after);

// Columns, by output name (compare_columns.cpp).
void CompareColumns(const OwnedTable& before, const OwnedTable& after, std::vector<Difference>* out);
// DDL and error rules, row rules too if `rows` (compare_on.cpp).
void CompareOn(const std::vector<plan::OnRule>& before, const std::vector<plan::OnRule>& after, bool rows,
               std::vector<Difference>* out);
// Format name and settings.
void CompareFormats(const plan::FormatRule& before, const plan::FormatRule& after, std::vector<Difference>* out);

// The topics that rows of a table may go to.
std::vector<std::string> TopicsOf(const OwnedTable& table);

}  // namespace cdc::diff
