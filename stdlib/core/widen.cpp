#include "stdlib/core/widen.h"

#include <algorithm>

#include "stdlib/core/integer_digits.h"
#include "stdlib/core/value_text.h"

namespace cdc {
namespace {

constexpr uint64_t kBytesPerCharacter = 4;
constexpr int kDecimalDigitsMax = 65;
constexpr int kDecimalScaleMax = 30;
constexpr size_t kSetLabelsMax = 64;

bool IsPlainInteger(TypeKind kind) { return kind >= TypeKind::kTinyInt && kind <= TypeKind::kBigInt; }
bool IsReal(TypeKind kind) { return kind == TypeKind::kFloat || kind == TypeKind::kDouble; }
bool IsLabelled(TypeKind kind) { return kind == TypeKind::kEnum || kind == TypeKind::kSet; }

Type Decimal(int digits, int scale, bool is_unsigned) {
  Type type;
  type.kind = TypeKind::kDecimal;
  type.precision = static_cast<uint8_t>(digits + scale);
  type.scale = static_cast<uint8_t>(scale);
  type.is_unsigned = is_unsigned;
  return type;
}

std::optional<Type> Integers(const Type& a, const Type& b) {
  Type type;
  type.kind = std::max(a.kind, b.kind);
  type.is_unsigned = a.is_unsigned && b.is_unsigned;
  if (a.is_unsigned == b.is_unsigned) return type;
  // The signed type must have a bit more than the unsigned one.
  const TypeKind unsigned_kind = a.is_unsigned ? a.kind : b.kind;
  const TypeKind signed_kind = a.is_unsigned ? b.kind : a.kind;
  if (signed_kind > unsigned_kind) return type;
  if (unsigned_kind == TypeKind::kBigInt) return Decimal(20, 0, false);
  type.kind = static_cast<TypeKind>(static_cast<int>(unsigned_kind) + 1);
  return type;
}

std::optional<Type> Decimals(const Type& a, const Type& b) {
  const int scale = std::max<int>(a.scale, b.scale);
  const int digits = std::max(IntegerDigits(a), IntegerDigits(b));
  if (digits + scale > kDecimalDigitsMax || scale > kDecimalScaleMax) return std::nullopt;
  return Decimal(digits, scale, a.is_unsigned && b.is_unsigned);
}

std::optional<Type> Numbers(const Type& a, const Type& b) {
  if (IsPlainInteger(a.kind) && IsPlainInteger(b.kind)) return Integers(a, b);
  if (!IsReal(a.kind) && !IsReal(b.kind)) return Decimals(a, b);
  for (const Type* type : {&a, &b}) {
    // A double holds 53 bits.
    if (!IsReal(type->kind) && (!IsPlainInteger(type->kind) || type->kind == TypeKind::kBigInt)) return std::nullopt;
  }
  Type type;
  type.kind = TypeKind::kDouble;
  type.is_unsigned = a.is_unsigned && b.is_unsigned;
  return type;
}

// `tiny`: the smallest of the four kinds of that family, which follow one another.
Type LargeType(TypeKind tiny, uint64_t bytes) {
  int step = 0;
  uint64_t room = 255;
  for (const uint64_t next : {uint64_t{65535}, uint64_t{16777215}, uint64_t{UINT32_MAX}}) {
    if (bytes <= room) break;
    room = next;
    ++step;
  }
  Type type;
  type.kind = static_cast<TypeKind>(static_cast<int>(tiny) + step);
  type.length = static_cast<uint32_t>(room);
  return type;
}

// Characters or bytes, by `fixed` (CHAR, BINARY), the kind after it (VARCHAR, VARBINARY) and the four large ones.
Type Strings(const Type& a, const Type& b, TypeKind fixed, bool pads, uint64_t unit) {
  const auto varying = static_cast<TypeKind>(static_cast<int>(fixed) + 1);
  const auto tiny = static_cast<TypeKind>(static_cast<int>(fixed) + 2);
  auto large = [&](const Type& type) { return type.kind >= tiny; };
  if (large(a) || large(b)) {
    auto bytes = [&](const Type& type) { return large(type) ? uint64_t{type.length} : type.length * unit; };
    return LargeType(tiny, std::max(bytes(a), bytes(b)));
  }
  Type type;
  type.length = std::max(a.length, b.length);
  const bool same = a.kind == fixed && b.kind == fixed && (!pads || a.length == b.length);
  type.kind = same ? fixed : varying;
  return type;
}

std::optional<Type> Labels(const Type& a, const Type& b) {
  auto labels = std::make_shared<std::vector<std::string>>();
  if (a.labels != nullptr) *labels = *a.labels;
  if (b.labels != nullptr) {
    for (const std::string& label : *b.labels) {
      if (std::find(labels->begin(), labels->end(), label) == labels->end()) labels->push_back(label);
    }
  }
  if (a.kind == TypeKind::kSet && labels->size() > kSetLabelsMax) return std::nullopt;
  Type type;
  type.kind = a.kind;
  type.labels = std::move(labels);
  return type;
}

// A label type as the text that its values read as.
Type AsText(const Type& type) {
  if (!IsLabelled(type.kind)) return type;
  Type text;
  text.kind = TypeKind::kVarchar;
  text.length = TextLengthMax(type);
  return text;
}

std::optional<Type> Temporal(const Type& a, const Type& b) {
  auto is_day = [](TypeKind kind) { return kind == TypeKind::kDate || kind == TypeKind::kDatetime; };
  if (a.kind != b.kind && (!is_day(a.kind) || !is_day(b.kind))) return std::nullopt;
  Type type;
  type.kind = std::max(a.kind, b.kind);
  if (a.kind != b.kind) type.kind = TypeKind::kDatetime;
  type.scale = std::max(a.scale, b.scale);
  return type;
}

std::optional<Type> Same(const Type& a, const Type& b) {
  Type type;
  type.kind = a.kind;
  switch (a.kind) {
    case TypeKind::kBit:
    case TypeKind::kVector:
      type.length = std::max(a.length, b.length);
      return type;
    case TypeKind::kGeometry:
      if (a.geometry == b.geometry) type.geometry = a.geometry;
      return type;
    case TypeKind::kEnum:
    case TypeKind::kSet:
      return Labels(a, b);
    default:
      return type;
  }
}

// Nullability, sensitivity and charset aside.
std::optional<Type> Widened(const Type& a, const Type& b) {
  if (SameInRecords(a, b)) return a;
  auto is_number = [](const Type& type) {
    return IsPlainInteger(type.kind) || type.kind == TypeKind::kDecimal || IsReal(type.kind);
  };
  if (is_number(a) && is_number(b)) return a.kind == b.kind && IsReal(a.kind) ? Same(a, b) : Numbers(a, b);
  if (IsTemporal(a.kind) && IsTemporal(b.kind)) return Temporal(a, b);
  if (IsBinary(a.kind) && IsBinary(b.kind)) return Strings(a, b, TypeKind::kBinary, true, 1);
  if (a.kind == b.kind && !IsText(a.kind)) return Same(a, b);
  const bool texts = (IsText(a.kind) || IsLabelled(a.kind)) && (IsText(b.kind) || IsLabelled(b.kind));
  if (!texts || (IsLabelled(a.kind) && IsLabelled(b.kind))) return std::nullopt;
  return Strings(AsText(a), AsText(b), TypeKind::kChar, false, kBytesPerCharacter);
}

}  // namespace

bool SameInRecords(const Type& a, const Type& b) {
  Type left = a, right = b;
  for (Type* type : {&left, &right}) {
    type->charset.clear();
    type->collation.clear();
    type->sensitive = false;
  }
  return left == right;
}

std::optional<Type> WidenedType(const Type& a, const Type& b) {
  Type left = a, right = b;
  left.nullable = right.nullable = a.nullable || b.nullable;
  left.sensitive = right.sensitive = a.sensitive || b.sensitive;
  if (left == right) return left;
  std::optional<Type> type = Widened(left, right);
  if (!type) return std::nullopt;
  type->nullable = left.nullable;
  type->sensitive = left.sensitive;
  const bool characters = IsText(type->kind) || IsLabelled(type->kind);
  type->charset = !characters ? "" : a.charset == b.charset ? a.charset : "utf8mb4";
  type->collation = characters && a.charset == b.charset && a.collation == b.collation ? a.collation : "";
  return type;
}

}  // namespace cdc
