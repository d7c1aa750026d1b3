#include "compiler/load/load.h"

#include <gtest/gtest.h>

#include "compiler/load/snapshot.h"
#include "tests/unit/compiler/program_folder.h"

namespace cdc::load {
namespace {

using testing::ProgramFolder;

Result<Program> LoadFile(const std::string& path, const std::string& schema_dir, diag::Diagnostics* diagnostics,
                         SnapshotCache* cache = nullptr) {
  return Load(path, std::nullopt, schema_dir, diagnostics, cache);
}

TEST(Load, ReadsImportsOnceAndByName) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", "import 'lib/b.pipe' as b;\nimport 'lib/c.pipe' as c;\n");
  folder.Write("lib/b.pipe", "import 'c.pipe' as other;\n");
  folder.Write("lib/c.pipe", "preset x: table { key none; }\n");
  diag::Diagnostics diagnostics;
  Result<Program> program = LoadFile(path, "", &diagnostics);
  ASSERT_TRUE(program.ok());
  EXPECT_TRUE(diagnostics.empty());
  ASSERT_EQ(program->files.size(), 3u);
  EXPECT_EQ(program->stem, "a");
  EXPECT_EQ(program->files[0].imports.at("b"), 1u);
  EXPECT_EQ(program->files[0].imports.at("c"), 2u);
  EXPECT_EQ(program->files[1].imports.at("other"), 2u);
}

TEST(Load, FindsTheProjectAboveAndItsSchemaFolder) {
  ProgramFolder folder;
  folder.Write("project.pipe", "project shop { schema = 'tables'; }\n");
  std::string path = folder.Write("pipes/deep/a.pipe", "-- nothing\n");
  folder.Write("tables/db/shop/orders.sql",
               "-- schema/db/shop/orders.sql · pulled 2026-11-20T21:30Z\n"
               "CREATE TABLE `orders` (`id` int NOT NULL, PRIMARY KEY (`id`));\n");
  folder.Write("tables/db/_server.json", R"({"version": "10.11.19-MariaDB", "binlog_format": "ROW",
               "binlog_row_image": "MINIMAL", "lower_case_table_names": 1})");
  diag::Diagnostics diagnostics;
  Result<Program> program = LoadFile(path, "", &diagnostics);
  ASSERT_TRUE(program.ok());
  ASSERT_TRUE(program->project.has_value());
  EXPECT_EQ(std::filesystem::path(program->root),
            std::filesystem::canonical(folder.Path("project.pipe")).parent_path());
  ASSERT_EQ(program->snapshots.size(), 1u);
  const Snapshot& snapshot = program->snapshots[0];
  EXPECT_EQ(snapshot.source, "db");
  EXPECT_EQ(snapshot.pulled, "2026-11-20");
  EXPECT_EQ(snapshot.binlog_row_image, "MINIMAL");
  EXPECT_EQ(snapshot.lower_case_table_names, 1);
  ASSERT_EQ(snapshot.tables.size(), 1u);
  EXPECT_EQ(snapshot.tables[0].database, "shop");
  EXPECT_EQ(snapshot.tables[0].table, "orders");
}

TEST(Load, ReadsATableOnceForTheProgramsOfARun) {
  ProgramFolder folder;
  folder.Write("schema/db/shop/orders.sql", "CREATE TABLE `orders` (`id` int NOT NULL);\n");
  folder.Write("schema/db/shop/broken.sql", "CREATE nothing\n");
  SnapshotCache cache;
  diag::Diagnostics first;
  Result<Program> one = LoadFile(folder.Write("a.pipe", "pipe p { table shop.*; }"), "", &first, &cache);
  folder.Write("schema/db/shop/orders.sql", "CREATE nothing\n");
  diag::Diagnostics second;
  Result<Program> other = LoadFile(folder.Write("b.pipe", "pipe p { table shop.r'o.*'; }"), "", &second, &cache);
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(one->snapshots[0].tables.size(), 1u);
  ASSERT_EQ(other->snapshots[0].tables.size(), 2u);
  EXPECT_EQ(other->snapshots[0].tables[1].columns.size(), 1u);
  EXPECT_EQ(first.Count(diag::Severity::kError), 1);
  EXPECT_EQ(second.Count(diag::Severity::kError), 0);
}

TEST(Load, ReadsNoTableThatNoRuleCanName) {
  ProgramFolder folder;
  for (const char* table : {"archive", "broken", "orders", "tmp_1", "users"}) {
    const bool broken = std::string(table) == "broken" || std::string(table) == "tmp_1";
    folder.Write("schema/db/shop/" + std::string(table) + ".sql",
                 broken ? "CREATE nothing\n" : "CREATE TABLE `" + std::string(table) + "` (`id` int NOT NULL);\n");
  }
  diag::Diagnostics diagnostics;
  Result<Program> program = LoadFile(
      folder.Write("a.pipe", "sensitive shop.users (email);\npipe p { table shop.orders; table shop.r'tmp_.*' skip; }"),
      "", &diagnostics);
  ASSERT_TRUE(program.ok());
  EXPECT_TRUE(diagnostics.empty());
  std::vector<std::pair<std::string, size_t>> read;
  for (const Schema& table : program->snapshots[0].tables) read.emplace_back(table.table, table.columns.size());
  const std::vector<std::pair<std::string, size_t>> expected = {
      {"archive", 0}, {"broken", 0}, {"orders", 1}, {"tmp_1", 0}, {"users", 1}};
  EXPECT_EQ(read, expected);
}

TEST(Load, FailsForAFileThatCannotBeRead) {
  ProgramFolder folder;
  diag::Diagnostics diagnostics;
  Result<Program> program = LoadFile(folder.Path("none.pipe"), "", &diagnostics);
  ASSERT_FALSE(program.ok());
  EXPECT_EQ(program.error().code(), ErrorCode::kUsage);
  EXPECT_NE(program.error().message().find("No such file"), std::string::npos);
  EXPECT_FALSE(LoadFile(folder.Path(""), "", &diagnostics).ok());
}

TEST(Load, FailsForASchemaFolderThatIsNone) {
  ProgramFolder folder;
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(LoadFile(folder.Write("a.pipe", ""), folder.Path("none"), &diagnostics).ok());
}

}  // namespace
}  // namespace cdc::load
