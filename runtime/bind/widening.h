#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "stdlib/core/arena.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"
#include "stdlib/core/value.h"
#include "stdlib/functions/function.h"

namespace cdc::bind {

// How rows of a table become rows with the columns that several tables have together (core/merged_schema.h): by
// position, without look-up by name.
class Widening {
 public:
  // Nothing: rows are that already. A column without a common type becomes NULL: nobody may read it.
  static std::optional<Widening> Make(const std::vector<Column>& from, const std::vector<Column>& to);

  // Where in a row of the table the n-th column comes from; -1: it has none.
  const std::vector<int>& sources() const { return sources_; }

  // Writes a value for each of the wider columns to `out`; those that are missing are NULL, those left undecoded stay
  // so. Lifetime: values point into the row or into `scratch`. Errors: kRow, a value that its own type does not allow.
  Status Apply(const Value* row, Arena* scratch, Value* out) const;

 private:
  struct Step {
    enum class Kind : uint8_t { kMissing, kCopy, kEnum, kSet, kConvert };
    Kind kind = Kind::kMissing;
    int from = -1;
    std::vector<uint8_t> bits;      // kSet: of the n-th label, its place among the wider ones
    std::vector<uint16_t> numbers;  // kEnum: likewise, from 1; the first is of '', the value of a wrong label
    functions::Call call = {};      // kConvert
  };
  static Step MakeStep(const Column& from, const Column& to);

  std::vector<Step> steps_;
  std::vector<int> sources_;
};

}  // namespace cdc::bind
