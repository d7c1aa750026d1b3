#include "runtime/sources/mysql/snapshot/table_progress.h"

#include <gtest/gtest.h>

#include "stdlib/ddl/ddl.h"

namespace cdc::sources {
namespace {

TEST(TableProgress, RoundTrip) {
  TableProgress progress;
  progress.chunks = 3;
  progress.rows = 150'000;
  progress.key = {"a varchar(5) utf8mb4_bin", "b int"};
  progress.after = {"_utf8mb4 X'22'", "-7"};
  const StateRecord record = ToRecord("shop", "t", progress);
  EXPECT_EQ(record.kind, "snapshot");
  EXPECT_EQ(record.item, "shop.t");
  auto read = ProgressOf(record);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->done);
  EXPECT_EQ(read->chunks, 3u);
  EXPECT_EQ(read->rows, 150'000u);
  EXPECT_EQ(read->key, progress.key);
  EXPECT_EQ(read->after, progress.after);
}

TEST(TableProgress, AnEmptyTableHasAKeyAndNoBound) {
  TableProgress progress;
  progress.done = true;
  progress.key = {"id int"};
  auto read = ProgressOf(ToRecord("shop", "t", progress));
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->done);
}

TEST(TableProgress, BrokenRecords) {
  for (const char* value :
       {"", "[]", "{\"done\":true}", R"({"done":false,"chunks":1,"rows":1,"key":["a"],"after":["1","2"]})",
        R"({"done":false,"chunks":1,"rows":1,"key":[1],"after":["1"]})"}) {
    EXPECT_FALSE(ProgressOf({"snapshot", "shop.t", value}).ok()) << value;
  }
}

TEST(TableProgress, KeyTextChangesWithWhatOrdersTheKey) {
  const auto text = [](const std::string& columns) {
    auto schema = ddl::ParseCreateTable("CREATE TABLE t (" + columns + ")", {});
    EXPECT_TRUE(schema.ok());
    return schema.ok() ? KeyText(*schema) : std::vector<std::string>();
  };
  const auto before = text("id VARCHAR(5) CHARACTER SET latin1 COLLATE latin1_bin PRIMARY KEY, v INT");
  EXPECT_EQ(before, text("w INT, id VARCHAR(5) CHARACTER SET latin1 COLLATE latin1_bin PRIMARY KEY"));
  EXPECT_NE(before, text("id VARCHAR(5) CHARACTER SET latin1 COLLATE latin1_swedish_ci PRIMARY KEY"));
  EXPECT_NE(before, text("id INT PRIMARY KEY"));
  EXPECT_NE(before, text("id VARCHAR(5) CHARACTER SET latin1 COLLATE latin1_bin, v INT NOT NULL, PRIMARY KEY (id, v)"));
}

}  // namespace
}  // namespace cdc::sources
