#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/formats/debezium_types.h"
#include "stdlib/core/value.h"

namespace cdc::formats {

// A date, a time or an instant as Debezium writes it.
struct DebeziumTemporal {
  enum class Form : uint8_t { kNull, kNumber, kText, kProblem };
  Form form = Form::kNull;        // kNull: a zero date in a nullable column
  int64_t number = 0;             // kNumber: days, or units since midnight or 1970
  char* end = nullptr;            // kText: its end
  const char* problem = nullptr;  // kProblem: why the value cannot be held
};

// Bytes that the text may have, and some that are scribbled on.
inline constexpr size_t kTemporalTextMax = 63;

// Text is written to `text`, which has room for kTemporalTextMax bytes. Requires: a temporal semantic, and no NULL.
DebeziumTemporal WriteTemporal(const DebeziumField& field, const Value& value, char* text);

// The year that a YEAR's number stands for: 70 is 1970.
inline uint64_t DebeziumYear(uint64_t year) { return year < 70 ? year + 2000 : year < 100 ? year + 1900 : year; }

}  // namespace cdc::formats
