#pragma once

// The columns of several tables that are published as one (`merge`).

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "stdlib/core/schema.h"

namespace cdc {

// Two tables that cannot be one. Lifetime: the tables given to MergeSchemas.
struct MergeConflict {
  size_t column = 0;  // position in the merged schema; not used of a key
  const Schema* first = nullptr;
  const Schema* second = nullptr;
};

struct MergedSchema {
  // Columns in order of their first appearance, each as its first table spells it, with WidenedType's type; nullable
  // if some table lacks it. Its indexes are those that all tables have. Names are those of the first table.
  Schema schema;
  std::vector<MergeConflict> columns;  // without a common type: the column has the first table's
  std::optional<MergeConflict> key;    // two tables whose primary or default keys are other columns
};

// The union of tables' columns. What the tables disagree about beyond that (comments, defaults, AUTO_INCREMENT) is left
// out of it. Requires: at least one table, in order of name.
MergedSchema MergeSchemas(const std::vector<const Schema*>& tables);

// Whether records have the same columns by name, order, type (but for charset and collation) and nullability.
bool SameRecordColumns(const Schema& a, const Schema& b);
// Whether their columns have the same defaults, too; DEFAULT NULL is none. Requires: SameRecordColumns.
bool SameDefaults(const Schema& a, const Schema& b);
// Whether primary and default key have columns of the same names.
bool SameKeys(const Schema& a, const Schema& b);

// "`note`: text in shop_0.orders, int in shop_1.orders", a line for each difference that SameRecordColumns sees; with
// more than `most` the last says how many there are.
std::vector<std::string> ColumnDifferences(const Schema& a, const Schema& b, size_t most = 5);
// "the primary key: (id) in shop_0.orders, (uid) in shop_1.orders"; empty if the keys are the same.
std::string KeyDifference(const Schema& a, const Schema& b);

// `int not null`.
std::string ColumnTypeText(const Type& type);

}  // namespace cdc
