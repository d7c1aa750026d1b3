#pragma once

// How one column is read by SQL so that its Value is the one the log would give, and how a bound on it is written.

#include <memory>
#include <string>

#include "runtime/sources/mysql/client/row_stream.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"
#include "stdlib/core/value.h"

namespace cdc::sources {

struct ColumnSelect {
  std::string sql;  // what to select
  mysql::FieldKind field = mysql::FieldKind::kText;
};

// Errors: kConfig, a charset or type that this release does not read.
Result<ColumnSelect> SelectOf(const Column& column);

// The Value of result column `index`. Lifetime of its text: `arena`.
// Errors: kCorruptInput, text that is none of the column's type.
Result<Value> ValueOf(const Column& column, const mysql::RowStream& row, size_t index, Arena* arena);

// The expression that a key column is ordered and compared by: the column, or its number for ENUM, SET and BIT.
std::string OrderOf(const Column& column);
// The current row's value of a key column as an SQL literal for OrderOf, exact, in the column's charset.
std::string BoundOf(const Column& column, const mysql::RowStream& row, size_t index);

}  // namespace cdc::sources
