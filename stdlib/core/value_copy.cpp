#include "stdlib/core/value_copy.h"

namespace cdc {

Value CopyValue(const Value& value, Arena* arena) {
  switch (value.kind()) {
    case ValueKind::kDecimal:
      return Value::Decimal(arena->Copy(value.text()));
    case ValueKind::kText:
      return Value::Text(arena->Copy(value.text()));
    case ValueKind::kBytes:
      return Value::Bytes(arena->Copy(value.text()));
    case ValueKind::kJson:
      return Value::Json(arena->Copy(value.text()));
    default:
      return value;
  }
}

}  // namespace cdc
