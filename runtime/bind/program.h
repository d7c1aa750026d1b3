#pragma once

// A typed expression as a flat program over column indexes: evaluated once per row without allocation, look-up by
// name, or virtual call per column.

#include <memory>
#include <string>
#include <vector>

#include "runtime/record/change_batch.h"
#include "stdlib/core/arena.h"
#include "stdlib/core/result.h"
#include "stdlib/core/value.h"
#include "stdlib/expr/resolve.h"

namespace cdc::bind {

// What one evaluation sees. `before` and `after` are indexed by schema position and may be null.
struct RowView {
  const Value* before = nullptr;
  const Value* after = nullptr;
  const Value* meta = nullptr;   // expr::kMetaFieldCount values
  const Value* match = nullptr;  // named groups of the table pattern
  const Value* current() const { return after != nullptr ? after : before; }
};

class Program {
 public:
  // Compiles a resolved expression. The program owns its constants.
  static Program Compile(const expr::Typed& typed);

  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;
  ~Program();

  // Evaluates for one row. Results that need memory live in `scratch`.
  // Errors: kRow, a fallible call failed; the message says which and why, without the value if it is sensitive.
  Result<Value> Evaluate(const RowView& row, Arena* scratch) const;

  // Evaluates a condition: NULL counts as false.
  Result<bool> Test(const RowView& row, Arena* scratch) const;

  const Type& type() const;
  // Schema positions that the program reads, ascending.
  const std::vector<int>& columns() const;
  bool reads_before() const;  // uses old.x or changed()

 private:
  struct Code;
  explicit Program(std::unique_ptr<Code> code);
  std::unique_ptr<Code> code_;
};

}  // namespace cdc::bind
