#pragma once

#include <string>

#include "runtime/formats/debezium_types.h"
#include "runtime/formats/json_writer.h"
#include "stdlib/core/out_buffer.h"
#include "stdlib/core/value.h"

namespace cdc::formats {

// Of `\u00XX`, as Jackson writes it.
inline constexpr HexCase kDebeziumHex = HexCase::kUpper;

// Why a value cannot be held; the column's name stands in front.
inline constexpr const char* kNotInRowImage = "is not in the row image; set binlog_row_image = FULL on the server";
inline constexpr const char* kUnsignedTooLarge =
    "holds a number above 9223372036854775807, which `bigint_unsigned = long` would make negative; set "
    "`bigint_unsigned = precise` in the format";
inline constexpr const char* kNoSuchLabel = "holds a label number that its type does not have";

// Writes values as Debezium's JSON. One per encoder: it keeps a scratch buffer.
class DebeziumValues {
 public:
  // Appends `value`. `compact_json`: JSON columns without white space and exponents, as Debezium prints the stream.
  // False: the value cannot be held; problem() says why, without the value.
  bool Append(const DebeziumField& field, const Value& value, bool compact_json, OutBuffer* out);
  const std::string& problem() const { return problem_; }

 private:
  bool AppendTemporal(const DebeziumField& field, const Value& value, OutBuffer* out);
  bool AppendLabels(const DebeziumField& field, uint64_t number, OutBuffer* out);
  bool AppendGeometry(const DebeziumField& field, std::string_view bytes, OutBuffer* out);
  void AppendJson(std::string_view text, bool compact, OutBuffer* out);
  bool Fail(const DebeziumField& field, const std::string& why);

  OutBuffer scratch_;
  std::string problem_;
};

}  // namespace cdc::formats
