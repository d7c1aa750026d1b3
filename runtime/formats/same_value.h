#pragma once

#include "stdlib/core/value.h"

namespace cdc::formats {

// Whether two values of one column are the same to a reader: SQL's `<=>` without its conversions.
inline bool SameValue(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case ValueKind::kAbsent:
    case ValueKind::kNull:
      return true;
    case ValueKind::kDecimal:
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kJson:
      return a.text() == b.text();
    default:
      return a.integer() == b.integer();
  }
}

}  // namespace cdc::formats
