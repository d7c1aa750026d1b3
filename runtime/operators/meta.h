#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/record/change_batch.h"
#include "stdlib/core/arena.h"
#include "stdlib/expr/resolve.h"

namespace cdc::operators {

// What meta.x says about one change.
struct MetaInput {
  const Group* group = nullptr;
  const RowChange* change = nullptr;    // null for DDL
  const TableVersion* table = nullptr;  // may be null for DDL
  std::string_view database;            // of the source
  std::string_view table_name;
  std::string_view target_database;  // after `as`
  std::string_view target_table;
  std::string_view source;
  std::string_view pipe;
  std::string_view sink;
  std::string_view op;        // at the source: insert, update, delete, snapshot, ddl
  std::string_view op_label;  // what the filter made of it: enter, leave, …
  bool real_clock = true;     // processing_time() is the machine's time, not that of the commit
};

// Writes the fields whose bit is set in `fields` to `out` (expr::kMetaFieldCount values). Rows of a first load have no
// gtid, txid and transaction order. Lifetime: the input's texts and `scratch`.
void FillMeta(uint32_t fields, const MetaInput& input, Arena* scratch, Value* out);

}  // namespace cdc::operators
