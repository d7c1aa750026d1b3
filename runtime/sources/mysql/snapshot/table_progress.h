#pragma once

#include <string>
#include <vector>

#include "runtime/record/state_record.h"
#include "stdlib/core/result.h"
#include "stdlib/core/schema.h"

namespace cdc::sources {

// How far a table's first load is: the saved record of kind `snapshot`, one per table.
struct TableProgress {
  bool done = false;
  bool by_rule = false;  // a `resnapshot` rule asked for it, whatever the setting `snapshot` says
  uint64_t chunks = 0;
  uint64_t rows = 0;
  std::vector<std::string> key;    // KeyText of the table when `after` was read
  std::vector<std::string> after;  // SQL literals of the last key emitted
};

StateRecord ToRecord(const std::string& database, const std::string& table, const TableProgress& progress);
// Errors: kCorruptInput.
Result<TableProgress> ProgressOf(const StateRecord& record);

// What the order of a table's default key depends on: name, type and collation of each column. A bound read under one
// key means nothing under another.
std::vector<std::string> KeyText(const Schema& schema);

}  // namespace cdc::sources
