#include "compiler/compile/compile.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/program_folder.h"

namespace cdc::compile {
namespace {

using testing::ProgramFolder;

constexpr const char* kResources = "source db: mysql { address = 'h'; user = 'u'; }\nsink bus: stdout {}\n";

std::string Findings(const Compiled& compiled) { return diag::RenderCompact(compiled.diagnostics, *compiled.files); }

TEST(Compile, ThePlanIsTheSameThroughItsJsonForm) {
  ProgramFolder folder;
  std::string path =
      folder.Write("a.pipe", std::string("param env: string = 'dev';\n") + kResources +
                                 "pipe p { from db; into bus; format canal_json;\n"
                                 "table shop.r'o_(?P<n>\\d+)' as shop.o { where a = x'00ff' and b like 'ü%';\n"
                                 "select * except (c) replace (upper(d) as d), cast(e as decimal(5, 2)) as e;\n"
                                 "topic case when a = 1 then 'x' else \"$param.env$-$tablename$\" end;\n"
                                 "key (d); partition by hash (d) using java; on error (transform) skip; } }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_EQ(Findings(compiled), "");
  ASSERT_TRUE(compiled.plan.has_value());
  std::string json = plan::ToJson(*compiled.plan);
  Result<plan::Plan> again = plan::FromJson(json);
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_EQ(plan::ToJson(*again), json);
}

TEST(Compile, HasNoPlanWithErrors) {
  ProgramFolder folder;
  Compiled compiled = Compile(folder.Write("a.pipe", "pipe p {}\n"), {});
  EXPECT_FALSE(compiled.plan.has_value());
  EXPECT_EQ(compiled.ExitCode(), 1);
}

TEST(Compile, DemandsValuesOnlyWhenAsked) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", std::string("param env: string;\n") + kResources +
                                                "pipe p { from db; into bus; topic \"$param.env$\"; table shop.o; }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_TRUE(compiled.plan.has_value());
  EXPECT_EQ(plan::TemplateText(compiled.plan->pipes[0].tables[0].topic.otherwise), "$param.env$");
  CompileOptions options;
  options.demand_params = true;
  compiled = Compile(path, options);
  EXPECT_EQ(compiled.usage_error, "parameter `env` has no value: pass --param env=…");
  EXPECT_EQ(compiled.ExitCode(), 2);
  EXPECT_FALSE(compiled.plan.has_value());
  options.params["env"] = "dev";
  compiled = Compile(path, options);
  ASSERT_TRUE(compiled.plan.has_value());
  EXPECT_EQ(plan::TemplateText(compiled.plan->pipes[0].tables[0].topic.otherwise), "dev");
}

TEST(Compile, SaysWhichChoiceOfParametersIsWrong) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", std::string("param env: string in ('dev', 'a b') = 'dev';\n") + kResources +
                                                "pipe p { from db; into bus; topic \"$param.env$\"; table shop.o; }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_EQ(compiled.diagnostics.all().size(), 1u);
  EXPECT_EQ(compiled.diagnostics.all()[0].kind, diag::Kind::kInvalidTopic);
  EXPECT_EQ(compiled.diagnostics.all()[0].notes, std::vector<std::string>{"with param.env = 'a b'"});
}

TEST(Compile, CountsWhatItSkipsWithoutASnapshot) {
  ProgramFolder folder;
  std::string path =
      folder.Write("a.pipe", std::string(kResources) + "pipe p { from db; into bus; table shop.o { where a = 1; } }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_EQ(compiled.skipped.size(), 1u);
  EXPECT_EQ(compiled.skipped[0].source, "db");
  EXPECT_GT(compiled.skipped[0].checks, 0);
  folder.Write("schema/db/shop/o.sql", "CREATE TABLE `o` (`a` int NOT NULL, PRIMARY KEY (`a`));\n");
  compiled = Compile(path, {});
  EXPECT_TRUE(compiled.skipped.empty());
  ASSERT_EQ(compiled.tables.size(), 1u);
  EXPECT_EQ(compiled.tables[0].tables.at(0).table, "o");
}

TEST(Compile, ProjectNamesTheProgram) {
  ProgramFolder folder;
  folder.Write("project.pipe", "project shop {}\n");
  std::string path = folder.Write("a.pipe", std::string(kResources) + "pipe p { from db; into bus; table shop.o; }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_TRUE(compiled.plan.has_value()) << Findings(compiled);
  EXPECT_EQ(compiled.plan->program, "shop");
}

TEST(Compile, TestsAreCountedNotRun) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", std::string(kResources) +
                                                "pipe p { from db; into bus; table shop.o; }\n"
                                                "test 't' for p { given { } expect { nothing; } }\n");
  Compiled compiled = Compile(path, {});
  EXPECT_TRUE(compiled.plan.has_value()) << Findings(compiled);
  EXPECT_EQ(compiled.test_count, 1U);
}

TEST(Compile, ThePlanNamesTheColumnsInUse) {
  ProgramFolder folder;
  folder.Write("schema/db/shop/orders.sql",
               "CREATE TABLE `orders` (`id` bigint NOT NULL, `status` enum('a','b'), `email` varchar(64), `sku` int, "
               "`cents` int, `note` text, `region` char(2), `buyer` int, `flag` int, `extra` int, PRIMARY KEY (`id`))");
  folder.Write("schema/db/shop/keyed.sql", "CREATE TABLE `keyed` (`a` int, `b` int NOT NULL, UNIQUE KEY (`b`))");
  folder.Write("schema/db/shop/keyless.sql", "CREATE TABLE `keyless` (`t` text)");
  folder.Write("schema/db/shop/tmp.sql", "CREATE TABLE `tmp` (`id` int PRIMARY KEY)");
  std::string path = folder.Write(
      "a.pipe", std::string(kResources) +
                    "pipe p { from db; into bus; table shop.orders { where status = 'a';\n"
                    "select * except (note) rename (sku as article) replace (upper(email) as email), region as place;\n"
                    "key (article, id); partition by hash (place); header 'by' = buyer;\n"
                    "on update of (flag) skip; on update when old.cents > new.cents skip; }\n"
                    "table shop.tmp skip; table shop.*; }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_TRUE(compiled.plan.has_value()) << Findings(compiled);
  std::string used;
  for (const plan::UsedTable& table : compiled.plan->pipes.at(0).used) {
    used += table.source + "." + table.database + "." + table.table + ":";
    for (const plan::UsedColumn& column : table.columns) used += " " + column.name + " " + TypeText(column.type) + ",";
    used += "\n";
  }
  EXPECT_EQ(used,
            "db.shop.keyed: b int,\n"
            "db.shop.orders: id bigint, status enum('a','b'), email varchar(64), sku int, cents int, region char(2), "
            "buyer int, flag int,\n");
}

TEST(Compile, WithoutTheSnapshotWhenAsked) {
  ProgramFolder folder;
  folder.Write("schema/db/shop/o.sql", "no table at all");
  std::string path =
      folder.Write("a.pipe", std::string(kResources) + "pipe p { from db; into bus; table shop.o { select id; } }\n");
  EXPECT_FALSE(Compile(path, {}).plan.has_value());
  Compiled compiled = Compile(path, {.without_schema = true});
  ASSERT_TRUE(compiled.plan.has_value()) << Findings(compiled);
  EXPECT_EQ(compiled.plan->schema_directory, "");
  EXPECT_EQ(std::filesystem::path(compiled.schema_home), std::filesystem::canonical(folder.Path("schema")));
  compiled = Compile(path, {.schema_dir = folder.Path("not-there"), .without_schema = true});
  EXPECT_TRUE(compiled.plan.has_value()) << Findings(compiled);
  EXPECT_EQ(compiled.schema_home, folder.Path("not-there"));
}

TEST(Compile, ReadsSnapshotsOfNamesThatNoFileCanHave) {
  ProgramFolder folder;
  folder.Write("schema/db/_server.json", R"({"version": "9.7.4", "pulled": "2026-11-22"})");
  folder.Write("schema/db/a%2Fb/%4Frders.sql",
               "-- pulled 2020-01-01T00:00Z\nCREATE TABLE `Orders` (`id` int PRIMARY KEY)");
  std::string path =
      folder.Write("a.pipe", std::string(kResources) +
                                 "pipe p { from db; into bus; topic 't'; table `a/b`.Orders { select id; } }\n");
  Compiled compiled = Compile(path, {});
  ASSERT_TRUE(compiled.plan.has_value()) << Findings(compiled);
  EXPECT_EQ(compiled.tables.at(0).tables.at(0).database, "a/b");
  EXPECT_EQ(compiled.notes, std::vector<std::string>{"snapshot of `db` from 2026-11-22"});
}

}  // namespace
}  // namespace cdc::compile
