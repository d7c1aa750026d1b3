#include "stdlib/core/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cdc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Column Make(std::string name, bool nullable) {
  Column column;
  column.name = std::move(name);
  column.type.kind = TypeKind::kInt;
  column.type.nullable = nullable;
  return column;
}

TEST(Schema, FindsColumnsWithoutCase) {
  Schema schema;
  schema.columns = {Make("Id", false), Make("größe", true)};
  EXPECT_EQ(schema.Find("ID"), 0);
  EXPECT_EQ(schema.Find("GRÖßE"), 1);
  EXPECT_EQ(schema.Find("x"), -1);
}

TEST(Schema, DefaultKeyIsPrimaryThenUniqueWithoutNulls) {
  Schema schema;
  schema.columns = {Make("a", true), Make("b", false), Make("c", false)};
  EXPECT_THAT(schema.DefaultKey(), IsEmpty());
  schema.indexes = {{"u1", {"a", "b"}, true, false}, {"u2", {"b"}, true, true}, {"plain", {"b"}, false, false}};
  EXPECT_THAT(schema.DefaultKey(), IsEmpty());
  schema.indexes.push_back({"u3", {"C", "b"}, true, false});
  EXPECT_THAT(schema.DefaultKey(), ElementsAre(2, 1));
  EXPECT_THAT(schema.PrimaryKey(), IsEmpty());
  schema.indexes.insert(schema.indexes.begin(), {"PRIMARY", {"b", "c"}, true, false});
  EXPECT_THAT(schema.PrimaryKey(), ElementsAre(1, 2));
  EXPECT_THAT(schema.DefaultKey(), ElementsAre(1, 2));
}

}  // namespace
}  // namespace cdc
