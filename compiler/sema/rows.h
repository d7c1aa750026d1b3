#pragma once

// A rule's expressions and names against one table: filter, output columns, key, partition, headers, topic,
// `on`.

#include <string>

#include "compiler/sema/scope.h"
#include "compiler/sema/tables.h"

namespace cdc::sema {

// What checking a rule on one table found out.
struct RowShape {
  OutputTable output;
  std::vector<std::string> key;  // output names; empty: none, or unknown
  bool key_known = false;
  int skipped = 0;  // checks that needed a schema and had none
};

RowShape CheckRows(const Rule& rule, const TableCase& table, diag::Diagnostics* diagnostics);

// PIPE101 to PIPE119 of the conditions of `on` rules for one table; returns the checks skipped.
int CheckWhens(const std::vector<On>& rules, const TableCase& table, const std::vector<std::string>& groups,
               bool transform_handled, diag::Diagnostics* diagnostics);

// Whether an `on error` rule decides about rows that cannot be transformed.
bool HandlesTransformErrors(const std::vector<On>& rules);

bool AlreadyReported(diag::Kind kind, Span span, const diag::Diagnostics& diagnostics);

}  // namespace cdc::sema
