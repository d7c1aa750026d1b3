#include "stdlib/functions/convert.h"

#include <algorithm>

#include "stdlib/core/value_text.h"
#include "stdlib/functions/conversion/converters.h"
#include "stdlib/functions/typing.h"

namespace cdc::functions {
namespace {

bool SameLabels(const Type& a, const Type& b) {
  return a.labels != nullptr && b.labels != nullptr && (a.labels == b.labels || *a.labels == *b.labels);
}

int IntegerDigitsOf(const Type& type) { return IntegerDigits({type, nullptr, false, false}); }

// Bounds of an integer type as 128-bit numbers.
struct Range {
  __int128 low, high;
};

Range RangeOf(const Type& type) {
  auto bits = [&](int n) {
    __int128 one = 1;
    return type.is_unsigned ? Range{0, (one << n) - 1} : Range{-(one << (n - 1)), (one << (n - 1)) - 1};
  };
  switch (type.kind) {
    case TypeKind::kBool:
      return {0, 1};
    case TypeKind::kTinyInt:
      return bits(8);
    case TypeKind::kSmallInt:
      return bits(16);
    case TypeKind::kMediumInt:
      return bits(24);
    case TypeKind::kInt:
      return bits(32);
    case TypeKind::kYear:
      return {0, 2155};
    case TypeKind::kBit:
      return {0, (static_cast<__int128>(1) << std::max(1u, type.length)) - 1};
    default:
      return bits(64);
  }
}

Risk NumberToNumber(const Type& from, const Type& to) {
  if (to.kind == TypeKind::kBool) return Risk::kNone;
  if (IsReal(to.kind))
    return to.kind == TypeKind::kFloat && from.kind == TypeKind::kDouble ? Risk::kRange : Risk::kNone;
  if (IsReal(from.kind)) return Risk::kRange;
  if (to.kind == TypeKind::kDecimal) {
    if (to.is_unsigned && !(IsUnsigned(from) || from.is_unsigned)) return Risk::kRange;
    int digits = IntegerDigitsOf(from) + (Scale(from) > to.scale ? 1 : 0);
    return digits <= to.precision - to.scale ? Risk::kNone : Risk::kRange;
  }
  Range wanted = RangeOf(to);
  if (from.kind == TypeKind::kDecimal) {
    int digits = IntegerDigitsOf(from) + (from.scale > 0 ? 1 : 0);
    __int128 limit = 1;
    for (int i = 0; i < std::min(digits, 30); ++i) limit *= 10;
    bool low_fits = from.is_unsigned || -limit + 1 >= wanted.low;
    return low_fits && limit - 1 <= wanted.high ? Risk::kNone : Risk::kRange;
  }
  Range have = RangeOf(from);
  return have.low >= wanted.low && have.high <= wanted.high && to.kind != TypeKind::kYear ? Risk::kNone : Risk::kRange;
}

Risk ToString(const Type& from, const Type& to) {
  switch (from.kind) {
    case TypeKind::kGeometry:
    case TypeKind::kVector:
    case TypeKind::kSecret:
    case TypeKind::kDuration:
    case TypeKind::kSize:
      return Risk::kImpossible;
    default:
      break;
  }
  // Bytes become text only if they are UTF-8.
  if (ReadsAsBytes(from) && IsText(to.kind)) return Risk::kText;
  uint64_t length = TextLengthMax(from);
  uint64_t room = TextLengthMax(to);
  if (room == UINT32_MAX) return Risk::kNone;
  if (IsBinary(to.kind) && !ReadsAsBytes(from) && length != UINT32_MAX) length *= IsTextual(from.kind) ? 4 : 1;
  return length <= room ? Risk::kNone : Risk::kRange;
}

Risk TemporalToTemporal(const Type& from, const Type& to) {
  if (from.kind == to.kind) return Risk::kNone;
  if (from.kind == TypeKind::kTime || to.kind == TypeKind::kTime) {
    return from.kind == TypeKind::kTime   ? Risk::kImpossible
           : from.kind == TypeKind::kDate ? Risk::kImpossible
                                          : Risk::kNone;
  }
  if (to.kind == TypeKind::kTimestamp) return Risk::kRange;
  return Risk::kNone;
}

Risk FromJson(const Type& to) {
  if (to.kind == TypeKind::kJson) return Risk::kNone;
  bool possible = IsNumeric(to.kind) || IsText(to.kind) || IsTemporal(to.kind);
  if (!possible) return Risk::kImpossible;
  return IsText(to.kind) ? (TextLengthMax(to) == UINT32_MAX ? Risk::kNone : Risk::kRange) : Risk::kText;
}

}  // namespace

bool SameRepresentation(const Type& from, const Type& to) {
  ValueKind shape = ShapeOf(from);
  if (from.kind == TypeKind::kNull) return true;
  if (shape != ShapeOf(to)) return false;
  switch (shape) {
    case ValueKind::kDecimal:
      return from.scale == to.scale && from.precision - from.scale <= to.precision - to.scale &&
             (!to.is_unsigned || from.is_unsigned);
    case ValueKind::kInt:
      return to.kind != TypeKind::kBool ? NumberToNumber(from, to) == Risk::kNone : from.kind == TypeKind::kBool;
    case ValueKind::kUint:
      if (IsLabelled(from.kind) || IsLabelled(to.kind)) return from.kind == to.kind && SameLabels(from, to);
      return NumberToNumber(from, to) == Risk::kNone;
    case ValueKind::kText:
      return ToString(from, to) == Risk::kNone;
    case ValueKind::kBytes:
      if (!IsBinary(from.kind) || !IsBinary(to.kind)) return from.kind == to.kind && from.length == to.length;
      return to.kind == TypeKind::kBinary ? from == to : ToString(from, to) == Risk::kNone;
    case ValueKind::kTime:
    case ValueKind::kDatetime:
    case ValueKind::kTimestamp:
      return from.scale <= to.scale;
    default:
      return true;
  }
}

Risk ConversionRisk(const Type& from, const Type& to) {
  if (from.kind == TypeKind::kNull) return Risk::kNone;
  if (to.kind == TypeKind::kSecret || from.kind == TypeKind::kSecret) return Risk::kImpossible;
  if (SameRepresentation(from, to)) return Risk::kNone;
  if (from.kind == TypeKind::kJson) return FromJson(to);
  if (to.kind == TypeKind::kJson) {
    if (IsText(from.kind)) return Risk::kText;
    return IsBinary(from.kind) || ToString(from, MakeType(TypeKind::kLongText, true)) != Risk::kNone ? Risk::kImpossible
                                                                                                     : Risk::kNone;
  }
  if (IsText(to.kind) || IsBinary(to.kind)) return ToString(from, to);
  if (IsLabelled(to.kind)) return IsTextual(from.kind) ? Risk::kText : Risk::kImpossible;
  if (IsTemporal(to.kind)) {
    if (IsTemporal(from.kind)) return TemporalToTemporal(from, to);
    return IsText(from.kind) ? Risk::kText : Risk::kImpossible;
  }
  if (!IsNumeric(to.kind)) return Risk::kImpossible;
  if (to.kind == TypeKind::kBool) {
    return IsNumeric(from.kind) ? Risk::kNone : Risk::kImpossible;
  }
  if (IsNumeric(from.kind)) return NumberToNumber(from, to);
  if (IsLabelled(from.kind)) return NumberToNumber(BigIntType(true, false), to);
  if (IsTemporal(from.kind)) return to.kind == TypeKind::kYear ? Risk::kImpossible : Risk::kRange;
  return IsText(from.kind) ? Risk::kText : Risk::kImpossible;
}

std::optional<Call> MakeConversion(const Type& from, const Type& to, bool cut_text) {
  Risk risk = ConversionRisk(from, to);
  if (risk == Risk::kImpossible) return std::nullopt;
  Call call;
  call.site.args = {from};
  call.site.result = to;
  call.code = FindConverter(from, to, cut_text);
  if (call.code == nullptr) return std::nullopt;
  bool cut = cut_text && risk == Risk::kRange && (IsText(to.kind) || IsBinary(to.kind));
  call.fallible = risk != Risk::kNone && !cut;
  return call;
}

}  // namespace cdc::functions
