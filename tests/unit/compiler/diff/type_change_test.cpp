#include "compiler/diff/type_change.h"

#include <gtest/gtest.h>

namespace cdc::diff {
namespace {

Type Of(TypeKind kind, uint32_t length = 0, bool is_unsigned = false) {
  Type type;
  type.kind = kind;
  type.length = length;
  type.is_unsigned = is_unsigned;
  return type;
}
Type Decimal(uint8_t precision, uint8_t scale) {
  Type type = Of(TypeKind::kDecimal);
  type.precision = precision;
  type.scale = scale;
  return type;
}
Type Enum(std::vector<std::string> labels) {
  Type type = Of(TypeKind::kEnum);
  type.labels = std::make_shared<const std::vector<std::string>>(std::move(labels));
  return type;
}
Type Fraction(TypeKind kind, uint8_t digits) {
  Type type = Of(kind);
  type.scale = digits;
  return type;
}

void ExpectWidened(const Type& narrow, const Type& wide) {
  EXPECT_EQ(CompareTypes(narrow, wide), TypeChange::kWidened) << TypeText(narrow) << " to " << TypeText(wide);
  EXPECT_EQ(CompareTypes(wide, narrow), TypeChange::kOther) << TypeText(wide) << " to " << TypeText(narrow);
}
void ExpectOther(const Type& a, const Type& b) {
  EXPECT_EQ(CompareTypes(a, b), TypeChange::kOther) << TypeText(a) << " to " << TypeText(b);
  EXPECT_EQ(CompareTypes(b, a), TypeChange::kOther) << TypeText(b) << " to " << TypeText(a);
}

TEST(CompareTypes, Widened) {
  ExpectWidened(Of(TypeKind::kInt), Of(TypeKind::kBigInt));
  ExpectWidened(Of(TypeKind::kInt, 0, true), Of(TypeKind::kBigInt));
  ExpectWidened(Decimal(10, 2), Decimal(12, 2));
  ExpectWidened(Of(TypeKind::kVarchar, 20), Of(TypeKind::kVarchar, 40));
  ExpectWidened(Of(TypeKind::kVarchar, 20), Of(TypeKind::kText));
  ExpectWidened(Of(TypeKind::kBlob), Of(TypeKind::kLongBlob));
  ExpectWidened(Of(TypeKind::kFloat), Of(TypeKind::kDouble));
  ExpectWidened(Enum({"a", "b"}), Enum({"a", "b", "c"}));
}

TEST(CompareTypes, Other) {
  ExpectOther(Of(TypeKind::kInt), Of(TypeKind::kInt, 0, true));
  ExpectOther(Of(TypeKind::kInt), Of(TypeKind::kVarchar, 20));
  ExpectOther(Decimal(10, 2), Decimal(10, 4));
  ExpectOther(Of(TypeKind::kBinary, 4), Of(TypeKind::kBinary, 8));
  ExpectOther(Fraction(TypeKind::kDatetime, 0), Fraction(TypeKind::kDatetime, 3));
  ExpectOther(Enum({"a", "b"}), Enum({"b", "a"}));
  // 20,000 characters of four bytes do not fit into 65,535.
  EXPECT_EQ(CompareTypes(Of(TypeKind::kVarchar, 20'000), Of(TypeKind::kText)), TypeChange::kOther);
}

TEST(CompareTypes, UnknownIsNoChange) {
  EXPECT_EQ(CompareTypes(Type(), Of(TypeKind::kInt)), TypeChange::kNone);
  EXPECT_EQ(CompareTypes(Of(TypeKind::kInt), Type()), TypeChange::kNone);
}

}  // namespace
}  // namespace cdc::diff
