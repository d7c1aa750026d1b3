#pragma once

// Tables of one rule that are published as one (`merge`).

#include <memory>
#include <string>
#include <vector>

#include "compiler/sema/rows.h"

namespace cdc::sema {

// `merge widen`: gives the tables that become one the columns of all of them. PIPE129 where a column that the rule
// reads has no type that holds the values of all.
void WidenCases(const Rule& rule, std::vector<TableCase>* cases, std::vector<std::shared_ptr<const Schema>>* merged,
                diag::Diagnostics* diagnostics);

// PIPE129 of `merge strict` and of keys, PIPE124. `shapes`: what the rule makes of each of `cases`.
void CheckMerged(const Rule& rule, const std::vector<TableCase>& cases, const std::vector<RowShape>& shapes,
                 diag::Diagnostics* diagnostics);

// Whether the rule publishes the source column, or reads it in an expression or an `on` rule.
bool ReadsColumn(const Rule& rule, const std::string& column);

}  // namespace cdc::sema
