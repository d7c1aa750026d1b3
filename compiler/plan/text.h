#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/plan.h"
#include "stdlib/core/schema.h"

namespace cdc::plan {

// The tables of a source as its schema snapshot knows them.
struct KnownTables {
  std::string source;
  std::vector<Schema> tables;
};

// Those of a pipe's sources that have a snapshot, in the pipe's order.
using SourceTables = std::vector<const KnownTables*>;

// What people read (LANGUAGE §15.5): per pipe, every table with its owner, topic, key, partition, format and filter.
// Without known tables of the source, one line per table rule.
std::string RenderText(const Plan& plan, const std::vector<KnownTables>& tables);

// A template as the language writes it: `$database$-$tablename$`.
std::string TemplateText(const Template& value);
// A pattern as the language writes it: `shop`, `*`, `r'orders_\d+'`; names that need them in backticks.
std::string PatternText(const NamePattern& pattern);

}  // namespace cdc::plan
