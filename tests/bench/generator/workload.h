#pragma once

// Rows for benchmarks, always the same for the same arguments.

#include <cstdint>
#include <string>

#include "tests/bench/generator/log_writer.h"

namespace cdc::generator {

enum class RowShape {
  kNarrow,  // sysbench: id int, k int, c char(120), pad char(60); about 190 bytes
  kWide,    // 20 columns of all families with text and JSON; about 400 bytes
};

enum class ChangeMix {
  kInsert,
  kMixed,  // of ten changes seven insert, two update, one deletes
};

LogTable TableOf(RowShape shape);

// Appends one row image of the row with this id; `version` makes the images of an update differ.
void PutRow(RowShape shape, uint64_t id, uint64_t version, std::string* out);

struct Workload {
  RowShape shape = RowShape::kNarrow;
  ChangeMix changes = ChangeMix::kInsert;
  uint64_t rows = 1'000'000;  // row changes
  uint64_t rows_per_transaction = 10;
};

// Writes one log file. False: the file cannot be written.
bool WriteLog(const Workload& workload, const std::string& path);

}  // namespace cdc::generator
