#pragma once

// A rule's expressions and names against one table: filter, output columns, key, partition, headers, topic,
// `on`.

#include <memory>
#include <string>
#include <vector>

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

// The tables of one rule, and what the rule makes of each.
struct RuleTables {
  TableMatcher matcher;
  std::vector<TableCase> cases;
  std::vector<RowShape> shapes;  // parallel to `cases`; none of a rule that skips
};

// The tables that one source of a pipe has, and whose they are.
struct SourceTables {
  std::string source;
  const std::vector<Schema>* snapshot = nullptr;  // null: there is none
  std::vector<int> owners;                        // parallel to *snapshot: positions of rules, -1 if nobody's
};

// The tables of a pipe's rules.
struct PipeTables {
  std::vector<SourceTables> sources;  // parallel to Pipe::sources
  std::vector<RuleTables> rules;      // parallel to Pipe::rules
  // What `TableCase::schema` of `merge widen` points to.
  std::vector<std::shared_ptr<const Schema>> merged = {};
};

RowShape CheckRows(const Rule& rule, const TableCase& table, diag::Diagnostics* diagnostics);

// PIPE101 to PIPE119 of the conditions of `on` rules for one table; returns the checks skipped.
int CheckWhens(const std::vector<On>& rules, const TableCase& table, const std::vector<std::string>& groups,
               bool transform_handled, diag::Diagnostics* diagnostics);

// Whether an `on error` rule decides about rows that cannot be transformed.
bool HandlesTransformErrors(const std::vector<On>& rules);

bool AlreadyReported(diag::Kind kind, Span span, const diag::Diagnostics& diagnostics);

}  // namespace cdc::sema
