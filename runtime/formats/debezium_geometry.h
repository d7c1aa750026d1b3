#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/formats/debezium_types.h"

namespace cdc::formats {

// A geometry as Debezium takes it apart.
struct DebeziumGeometry {
  double x = 0, y = 0;   // of a POINT
  std::string_view wkb;  // of the value
  uint32_t srid = 0;     // 0: none
};

// Takes MySQL's bytes apart: SRID, then WKB. Null, or why the value cannot be held.
const char* ReadGeometry(const DebeziumField& field, std::string_view bytes, DebeziumGeometry* out);

}  // namespace cdc::formats
