#include "compiler/plan/text.h"

#include <gtest/gtest.h>

#include "compiler/plan/owners.h"

namespace cdc::plan {
namespace {

NamePattern Exact(std::string name) { return {NamePattern::Kind::kExact, std::move(name)}; }
NamePattern Any() { return {NamePattern::Kind::kAny, ""}; }
NamePattern Regex(std::string text) { return {NamePattern::Kind::kRegex, std::move(text)}; }

Template DefaultTopic() {
  return {{{TemplatePart::Kind::kDatabase, ""}, {TemplatePart::Kind::kText, "-"}, {TemplatePart::Kind::kTable, ""}},
          {}};
}

TableRule Rule(NamePattern database, NamePattern table, uint32_t offset) {
  TableRule rule;
  rule.database = std::move(database);
  rule.table = std::move(table);
  rule.topic.otherwise = DefaultTopic();
  rule.format.name = "canal_json";
  rule.origin = {0, offset, offset + 1};
  return rule;
}

Schema Table(std::string database, std::string name, std::vector<std::string> key) {
  Schema schema;
  schema.database = std::move(database);
  schema.table = std::move(name);
  for (const std::string& column : key) {
    schema.columns.emplace_back().name = column;
    schema.columns.back().type.nullable = false;
  }
  if (!key.empty()) schema.indexes.push_back({"PRIMARY", key, true, false});
  return schema;
}

Plan Sample() {
  Plan plan;
  plan.files = {{"p.pipe", "1\n2\n3\n4\n5\n"}};
  Pipe pipe;
  pipe.name = "orders";
  pipe.sources = {"db"};
  pipe.sink = "bus";
  pipe.tables = {Rule(Exact("shop"), Exact("orders"), 0), Rule(Exact("shop"), Regex("tmp_.*"), 2),
                 Rule(Exact("shop"), Any(), 4)};
  pipe.tables[0].key = {KeyRule::Kind::kColumns, {"id"}, {}};
  pipe.tables[0].partition = {PartitionRule::Kind::kHash, PartitionRule::Hash::kCrc32, 0, {"id"}, 0, false, {}};
  pipe.tables[0].where.emplace().origin = {0, 6, 7};
  pipe.tables[1].skip = true;
  pipe.tables[2].partition.else_table = true;
  plan.pipes = {pipe};
  return plan;
}

TEST(PlanText, ShowsTheOwnerOfEveryTable) {
  KnownTables known{"db",
                    {Table("crm", "people", {"id"}), Table("shop", "orders", {"id"}), Table("shop", "pages", {}),
                     Table("shop", "tmp_x", {"id"})}};
  EXPECT_EQ(RenderText(Sample(), {known}),
            "pipe orders: db -> bus                                        2 of 4 tables, 2 topics\n"
            "  table        owner     topic        key   partition                    format      where\n"
            "  crm.people   -         not captured\n"
            "  shop.orders  p.pipe:1  shop-orders  id    hash(id) using crc32 else 0  canal_json  p.pipe:4\n"
            "  shop.pages   p.pipe:3  shop-pages   none  table                        canal_json  -\n"
            "  shop.tmp_x   p.pipe:2  skipped\n"
            "  note: shop.pages has no primary key and no unique key without NULLs: its records have no key "
            "[PIPE227]\n");
}

TEST(PlanText, WithoutASnapshotShowsTheRules) {
  EXPECT_EQ(RenderText(Sample(), {}),
            "pipe orders: db -> bus                                        3 table rules, no schema snapshot\n"
            "  table           owner     topic                   key      partition                    format      "
            "where\n"
            "  shop.orders     p.pipe:1  $database$-$tablename$  id       hash(id) using crc32 else 0  canal_json  "
            "p.pipe:4\n"
            "  shop.r'tmp_.*'  p.pipe:2  skipped\n"
            "  shop.*          p.pipe:3  $database$-$tablename$  default  key                          canal_json  "
            "-\n");
}

TEST(PlanOwners, FirstMatchWinsAndServersOwnDatabasesNeedTheirName) {
  Plan plan = Sample();
  Pipe& pipe = plan.pipes[0];
  auto owner = [&](const char* database, const char* table) { return Owners(pipe).Find(database, table); };
  EXPECT_EQ(owner("shop", "orders"), 0);
  EXPECT_EQ(owner("shop", "tmp_1"), 1);
  EXPECT_EQ(owner("shop", "xtmp_1"), 2);
  EXPECT_EQ(owner("crm", "orders"), -1);
  pipe.tables.push_back(Rule(Any(), Any(), 0));
  EXPECT_EQ(owner("crm", "orders"), 3);
  EXPECT_EQ(owner("mysql", "user"), -1);
  pipe.tables.push_back(Rule(Exact("mysql"), Any(), 0));
  EXPECT_EQ(owner("mysql", "user"), 4);
}

}  // namespace
}  // namespace cdc::plan
