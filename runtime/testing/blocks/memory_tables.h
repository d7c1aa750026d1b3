#pragma once

// The tables that a test's statements run on: a few rows in memory, under the columns of the schema snapshot.
//
// A column that gets no value takes its default; one that has none and is NOT NULL takes what MySQL calls its implicit
// default (0, '', the first label, a zero date), so that a test writes only what it is about. AUTO_INCREMENT counts.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sources/schema/tracker.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"
#include "stdlib/core/value.h"

namespace cdc::testing {

// When everything in a test is committed: 2026-01-01 00:00:00 UTC. CURRENT_TIMESTAMP is that too.
inline constexpr int64_t kTestTimeUs = 1'767'225'600'000'000;

struct MemoryTable {
  Schema schema;                   // types as a log's rows have them
  std::vector<const Value*> rows;  // one value per column
  uint64_t next_auto = 1;
};

class MemoryTables {
 public:
  // Adds an empty table.
  void Add(const Schema& schema);
  // Null if there is none.
  MemoryTable* Find(const std::string& database, const std::string& table);

  // A row with these values, the other columns at their defaults. `given[i]` is for column `columns[i]` and of type
  // `types[i]`. Errors: kConfig, a value does not fit its column, or the key is there already.
  Result<const Value*> Insert(MemoryTable* table, const std::vector<int>& columns, const std::vector<Value>& given,
                              const std::vector<Type>& types);
  // `row` replaces the `at`-th row. Errors: kConfig, another row has its key.
  Status Replace(MemoryTable* table, size_t at, const Value* row);

  // A value of type `from` as one of the column, its bytes in arena(). Errors: kConfig, it does not fit.
  Result<Value> Fit(const Value& value, const Type& from, const Column& column);

  // Gives the rows the columns that a statement made. Errors: kConfig, a value does not fit its column's new type.
  Status Follow(const sources::TableChange& change);

  Arena* arena() { return &arena_; }

 private:
  Result<Value> Default(const Column& column, MemoryTable* table);
  Status CheckKey(const MemoryTable& table, const Value* row, size_t skip) const;

  Arena arena_;
  std::map<std::pair<std::string, std::string>, MemoryTable> tables_;
};

}  // namespace cdc::testing
