#pragma once

#include "stdlib/core/type.h"

namespace cdc {

// Decimal digits in front of the point that a whole-number or DECIMAL column may need. Requires: tinyint … bigint, or
// decimal.
inline int IntegerDigits(const Type& type) {
  switch (type.kind) {
    case TypeKind::kTinyInt:
      return 3;
    case TypeKind::kSmallInt:
      return 5;
    case TypeKind::kMediumInt:
      return type.is_unsigned ? 8 : 7;
    case TypeKind::kInt:
      return 10;
    case TypeKind::kBigInt:
      return type.is_unsigned ? 20 : 19;
    default:
      return type.precision - type.scale;
  }
}

}  // namespace cdc
