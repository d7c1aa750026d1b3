#include "stdlib/core/type.h"

#include <gtest/gtest.h>

#include "stdlib/core/value_text.h"

namespace cdc {
namespace {

Type Make(TypeKind kind, uint32_t length = 0, uint8_t precision = 0, uint8_t scale = 0, bool is_unsigned = false) {
  Type type;
  type.kind = kind;
  type.length = length;
  type.precision = precision;
  type.scale = scale;
  type.is_unsigned = is_unsigned;
  return type;
}

Type Labels(TypeKind kind, std::vector<std::string> labels) {
  Type type = Make(kind);
  type.labels = std::make_shared<const std::vector<std::string>>(std::move(labels));
  return type;
}

TEST(TypeText, PrintsAsMySql) {
  EXPECT_EQ(TypeText(Make(TypeKind::kBigInt, 0, 0, 0, true)), "bigint unsigned");
  EXPECT_EQ(TypeText(Make(TypeKind::kDecimal, 0, 10, 2)), "decimal(10,2)");
  EXPECT_EQ(TypeText(Make(TypeKind::kVarchar, 64)), "varchar(64)");
  EXPECT_EQ(TypeText(Make(TypeKind::kTimestamp, 0, 0, 3)), "timestamp(3)");
  EXPECT_EQ(TypeText(Make(TypeKind::kDatetime)), "datetime");
  EXPECT_EQ(TypeText(Make(TypeKind::kBit, 8)), "bit(8)");
  EXPECT_EQ(TypeText(Make(TypeKind::kText, 65535)), "text");
  EXPECT_EQ(TypeText(Labels(TypeKind::kEnum, {"new", "it's"})), "enum('new','it''s')");
  Type point = Make(TypeKind::kGeometry);
  point.geometry = "point";
  EXPECT_EQ(TypeText(point), "point");
}

std::string Text(const Type& type, const Value& value) {
  Arena scratch;
  return std::string(TextOf(type, value, &scratch));
}

TEST(ValueText, PrintsAsMySql) {
  EXPECT_EQ(Text(Make(TypeKind::kBigInt), Value::Int(-5)), "-5");
  EXPECT_EQ(Text(Make(TypeKind::kYear), Value::Uint(0)), "0000");
  EXPECT_EQ(Text(Make(TypeKind::kDecimal, 0, 5, 2), Value::Decimal("1.50")), "1.50");
  EXPECT_EQ(Text(Labels(TypeKind::kEnum, {"a", "b"}), Value::Uint(2)), "b");
  EXPECT_EQ(Text(Labels(TypeKind::kEnum, {"a", "b"}), Value::Uint(0)), "");
  EXPECT_EQ(Text(Labels(TypeKind::kSet, {"a", "b", "c"}), Value::Uint(5)), "a,c");
  EXPECT_EQ(Text(Labels(TypeKind::kSet, {"a"}), Value::Uint(0)), "");
  EXPECT_EQ(Text(Make(TypeKind::kTimestamp, 0, 0, 2), Value::Timestamp(1'500'000)), "1970-01-01 00:00:01.50");
  EXPECT_EQ(Text(Make(TypeKind::kFloat), Value::Float(1.1f)), "1.1");
  EXPECT_EQ(Text(Make(TypeKind::kInt), Value::Null()), "");
}

TEST(ValueText, KnowsTheLongestText) {
  EXPECT_EQ(TextLengthMax(Make(TypeKind::kInt)), 11u);
  EXPECT_EQ(TextLengthMax(Make(TypeKind::kDecimal, 0, 10, 2)), 13u);
  EXPECT_EQ(TextLengthMax(Make(TypeKind::kTime, 0, 0, 3)), 14u);
  EXPECT_EQ(TextLengthMax(Labels(TypeKind::kEnum, {"ab", "größe"})), 5u);
  EXPECT_EQ(TextLengthMax(Labels(TypeKind::kSet, {"ab", "c"})), 4u);
  EXPECT_EQ(TextLengthMax(Make(TypeKind::kJson)), UINT32_MAX);
}

}  // namespace
}  // namespace cdc
