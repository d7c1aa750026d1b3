#pragma once

// MySQL's binary JSON to the text that CAST(j AS CHAR) gives: `, ` and `: ` between things, members in stored order.
//
//   document  := u8 type, value; no bytes at all stand for null
//   container := S count, S size, (S offset, u16 key size)* for objects, (u8 type, S offset or value)*, keys, values
//                with S of 2 or 4 bytes; offsets count from the first byte of `count`

#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/out_buffer.h"
#include "stdlib/core/result.h"

namespace cdc::binlog {

// Appends the text. False: the bytes are no document; what was appended is to be cut off again.
bool AppendJsonText(std::string_view binary, OutBuffer* out);

// One step of PARTIAL_UPDATE_ROWS.
struct JsonDiff {
  enum class Op : uint8_t { kReplace, kInsert, kRemove };
  Op op = Op::kReplace;
  std::string_view path;   // `$.a`, `$.b[1]`
  std::string_view value;  // binary JSON; empty for kRemove
};

// Reads the diffs of one column. Errors: kCorruptInput.
Result<std::vector<JsonDiff>> ParseJsonDiffs(std::string_view bytes);

// The document after the diffs, as text. Requires: `before` is JSON text as AppendJsonText writes it.
// Errors: kCorruptInput, a path leads nowhere.
Result<std::string> ApplyJsonDiffs(std::string_view before, const std::vector<JsonDiff>& diffs);

}  // namespace cdc::binlog
