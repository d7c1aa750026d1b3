#include "compiler/diff/type_change.h"

#include <algorithm>

namespace cdc::diff {
namespace {

// Bits of an integer type's values; 0 for other types.
int BitsOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kTinyInt:
      return 8;
    case TypeKind::kSmallInt:
      return 16;
    case TypeKind::kMediumInt:
      return 24;
    case TypeKind::kInt:
      return 32;
    case TypeKind::kBigInt:
      return 64;
    default:
      return 0;
  }
}

bool HasLength(TypeKind kind) {
  return kind == TypeKind::kChar || kind == TypeKind::kVarchar || kind == TypeKind::kBinary ||
         kind == TypeKind::kVarbinary;
}

// The most characters, or bytes, of a value.
uint64_t CapacityOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kTinyText:
    case TypeKind::kTinyBlob:
      return 0xFF;
    case TypeKind::kText:
    case TypeKind::kBlob:
      return 0xFFFF;
    case TypeKind::kMediumText:
    case TypeKind::kMediumBlob:
      return 0xFFFFFF;
    case TypeKind::kLongText:
    case TypeKind::kLongBlob:
      return 0xFFFFFFFF;
    default:
      return type.length;
  }
}

bool HoldsAllOf(const Type& before, const Type& after) {
  const uint64_t characters_before = CapacityOf(before);
  const uint64_t capacity = CapacityOf(after);
  // TEXT counts bytes: a character may have four.
  const bool to_bytes = IsText(before.kind) && HasLength(before.kind) && !HasLength(after.kind);
  return capacity >= characters_before * (to_bytes ? 4 : 1);
}

bool IsPrefix(const Type& before, const Type& after) {
  if (!before.labels || !after.labels || before.labels->size() > after.labels->size()) return false;
  return std::equal(before.labels->begin(), before.labels->end(), after.labels->begin());
}

bool IsWidened(const Type& before, const Type& after) {
  const int bits_before = BitsOf(before);
  const int bits_after = BitsOf(after);
  if (bits_before > 0 && bits_after > 0) {
    if (before.is_unsigned == after.is_unsigned) return bits_after > bits_before;
    return before.is_unsigned && bits_after > bits_before;
  }
  const bool texts = IsText(before.kind) && IsText(after.kind);
  // BINARY is as long as it says: another length is another value.
  const bool bytes = IsBinary(before.kind) && IsBinary(after.kind) && before.kind != TypeKind::kBinary &&
                     after.kind != TypeKind::kBinary;
  if (texts || bytes) return HoldsAllOf(before, after);
  if (before.kind == TypeKind::kFloat && after.kind == TypeKind::kDouble) return true;
  if (before.kind != after.kind) return false;
  switch (before.kind) {
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return IsPrefix(before, after);
    case TypeKind::kDecimal:
      // Another scale is another text of the same number.
      return before.is_unsigned >= after.is_unsigned && after.scale == before.scale &&
             after.precision >= before.precision;
    default:
      return false;
  }
}

}  // namespace

TypeChange CompareTypes(const Type& before, const Type& after) {
  if (before.kind == TypeKind::kUnknown || after.kind == TypeKind::kUnknown) return TypeChange::kNone;
  if (TypeText(before) == TypeText(after)) return TypeChange::kNone;
  return IsWidened(before, after) ? TypeChange::kWidened : TypeChange::kOther;
}

}  // namespace cdc::diff
