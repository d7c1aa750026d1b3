#pragma once

// Which tables of the schema snapshots become one, and what columns their rule sees (`merge`).

#include <map>
#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "compiler/plan/text.h"
#include "stdlib/core/schema.h"

namespace cdc::plan {

// A table of a source.
struct TablePart {
  const Schema* table = nullptr;
  std::string source;  // empty: the pipe has one
};

// Tables of one rule that are published under one name.
struct LogicalTable {
  const TableRule* rule = nullptr;
  std::string name;              // after `as`: `shop.orders`
  std::vector<TablePart> parts;  // by database, table and source
};

// Lifetime: the pipe and the tables outlive it.
class MergedTables {
 public:
  MergedTables(const Pipe& pipe, const SourceTables& known);

  // The table as its rule sees it: with `merge widen` it has the columns of all that are one with it.
  const Schema& Seen(const Schema& table) const;
  // In the order of rules, then of names. Only rules that merge.
  const std::vector<LogicalTable>& logical() const { return logical_; }
  // The one that a table is part of; null if it stands for itself.
  const LogicalTable* Find(const Schema& table) const;

 private:
  std::vector<LogicalTable> logical_;
  std::map<const Schema*, size_t> parts_;    // position in logical_
  std::map<const Schema*, Schema> widened_;  // those that are seen otherwise than they are
};

// "widen, 64 tables: shop_00.orders, shop_01.orders and 62 more".
std::string MergeText(const LogicalTable& table);
// `strict`, `widen`.
std::string MergeWord(MergeMode mode);

}  // namespace cdc::plan
