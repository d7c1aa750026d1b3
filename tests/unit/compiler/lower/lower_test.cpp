#include <gtest/gtest.h>

#include "compiler/compile/compile.h"
#include "compiler/lower/server_id.h"
#include "tests/unit/compiler/program_folder.h"

namespace cdc::lower {
namespace {

using testing::ProgramFolder;

plan::Plan PlanOf(const std::string& declarations, const std::string& items) {
  ProgramFolder folder;
  std::string path = folder.Write("orders.pipe", declarations +
                                                     "source db: mysql { address = 'h'; user = 'u'; }\n"
                                                     "sink bus: stdout {}\npipe p {\n  from db;\n  into bus;\n" +
                                                     items + "\n}\n");
  compile::Compiled compiled = compile::Compile(path, {});
  EXPECT_EQ(diag::RenderCompact(compiled.diagnostics, *compiled.files), "");
  return compiled.plan.value_or(plan::Plan());
}

std::string Events(const plan::OnRule& rule) {
  std::string text;
  for (const std::string& event : rule.events) text += (text.empty() ? "" : ", ") + event;
  return text;
}

TEST(Lower, FillsInTheDefaultsOfTheLanguage) {
  plan::Plan plan = PlanOf("", "table shop.orders;");
  EXPECT_EQ(plan.program, "orders");
  const plan::TableRule& rule = plan.pipes.at(0).tables.at(0);
  EXPECT_EQ(plan::TemplateText(rule.topic.otherwise), "$database$-$tablename$");
  EXPECT_EQ(rule.key.kind, plan::KeyRule::Kind::kDefault);
  EXPECT_EQ(rule.partition.kind, plan::PartitionRule::Kind::kKey);
  EXPECT_TRUE(rule.partition.else_table);
  EXPECT_EQ(rule.format.name, "debezium_json");
  EXPECT_TRUE(rule.format.settings.Flag("schema"));
  ASSERT_EQ(rule.on.size(), 4u);
  EXPECT_EQ(Events(rule.on[0]), "dml");
  EXPECT_EQ(Events(rule.on[1]), "truncate table, drop table");
  EXPECT_EQ(rule.on[1].action, plan::ActionKind::kFail);
  EXPECT_EQ(rule.on[2].action, plan::ActionKind::kSkip);
  EXPECT_EQ(Events(rule.on[3]), "error transform, error encode, error oversize, error decode, error ddl");
  for (const plan::OnRule& on : rule.on) EXPECT_TRUE(on.built_in);
}

TEST(Lower, OrdersOnRulesFromTheTableOutwards) {
  plan::Plan plan = PlanOf(
      "preset t: table { on insert fail 'preset of the table'; }\n"
      "preset q: pipe { on delete fail 'preset of the pipe'; }\n",
      "use q;\non update fail 'pipe';\n"
      "table shop.orders { use t; on update of (a), delete publish as update; }");
  std::vector<plan::OnRule> on = plan.pipes.at(0).tables.at(0).on;
  ASSERT_EQ(on.size(), 8u);
  EXPECT_EQ(Events(on[0]), "update of columns, delete");
  EXPECT_EQ(on[0].of, std::vector<std::string>{"a"});
  EXPECT_EQ(on[0].publish_as, plan::PublishAs::kUpdate);
  EXPECT_EQ(on[1].text, "preset of the table");
  EXPECT_EQ(on[2].text, "pipe");
  EXPECT_EQ(on[3].text, "preset of the pipe");
  EXPECT_TRUE(on[4].built_in);
  ASSERT_EQ(plan.pipes[0].on.size(), 6u);
}

TEST(Lower, NearestClauseWins) {
  plan::Plan plan = PlanOf("preset t: table { topic 'preset'; key (x); }\n",
                           "topic 'pipe'; header 'a' = 1; header 'b' = 2;\n"
                           "table shop.a { topic 'table'; header 'a' = 3; }\n"
                           "table shop.b { use t; partition 3; }\ntable shop.c { key none; }");
  const std::vector<plan::TableRule>& tables = plan.pipes.at(0).tables;
  EXPECT_EQ(plan::TemplateText(tables[0].topic.otherwise), "table");
  ASSERT_EQ(tables[0].headers.size(), 2u);
  EXPECT_EQ(expr::ToText(tables[0].headers[0].value), "3");
  EXPECT_EQ(expr::ToText(tables[0].headers[1].value), "2");
  EXPECT_EQ(plan::TemplateText(tables[1].topic.otherwise), "preset");
  EXPECT_EQ(tables[1].key.columns, std::vector<std::string>{"x"});
  EXPECT_EQ(tables[1].partition.fixed, 3);
  EXPECT_EQ(plan::TemplateText(tables[2].topic.otherwise), "pipe");
  EXPECT_EQ(tables[2].partition.kind, plan::PartitionRule::Kind::kTable);
}

// Table clause, preset in the table, pipe clause, preset in the pipe, default: setting by setting of one format.
TEST(Lower, SettingsOfAFormatMergeAlongTheChain) {
  plan::Plan plan = PlanOf(
      "preset of_table: format debezium_json { decimal = string; time = connect; }\n"
      "preset of_pipe: format debezium_json { binary = hex; time = nanoseconds; schema = false; }\n",
      "use of_pipe;\nformat debezium_json { schema = true; time = isostring; decimal = double; }\n"
      "table shop.a { use of_table; format debezium_json { decimal = numeric; } }\n"
      "table shop.b { format canal_json; }");
  const catalog::Settings& merged = plan.pipes.at(0).tables.at(0).format.settings;
  EXPECT_EQ(merged.Text("decimal"), "numeric");
  EXPECT_EQ(merged.Text("time"), "connect");
  EXPECT_TRUE(merged.Flag("schema"));
  EXPECT_EQ(merged.Text("binary"), "hex");
  EXPECT_EQ(merged.Text("bigint_unsigned"), "long");
  EXPECT_EQ(plan.pipes[0].tables[1].format.name, "canal_json");
}

TEST(Lower, CarriesAlertsAndSecretsThatAreUsed) {
  plan::Plan plan = PlanOf(
      "secret salt = command('get', 'salt');\nsecret unused = env('X');\nnotifier n: log {}\nnotifier m: log {}\n"
      "sensitive shop.* (a);\nalert late { when lag(p) > 1m for 5m; notify n 'late'; }\n",
      "table shop.a { select id, hmac_sha256(a, secret.salt) as a; key (id); }");
  ASSERT_EQ(plan.secrets.all().size(), 1u);
  EXPECT_EQ(plan.secrets.Find("salt")->provider, "command");
  ASSERT_EQ(plan.notifiers.size(), 1u);
  ASSERT_EQ(plan.alerts.size(), 1u);
  EXPECT_EQ(expr::ToText(plan.alerts[0].when), "lag(p) > 1m");
  EXPECT_EQ(plan.alerts[0].lasting_ms, 300'000);
  EXPECT_EQ(plan.alerts[0].notify.at(0).severity, "warning");
  ASSERT_EQ(plan.sensitive.size(), 1u);
  Result<plan::Plan> read = plan::FromJson(plan::ToJson(plan));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(plan::ToJson(*read), plan::ToJson(plan));
  EXPECT_EQ(read->secrets, plan.secrets);
}

TEST(Lower, PutsParametersAndFunctionsInPlace) {
  plan::Plan plan =
      PlanOf("param low: int = 5;\nfunction clip(a: int, b: int) returns int = case when a < b then b else a end;\n",
             "table shop.r'o_(?P<year>\\d+)' as \"$database$\".\"o$match.year$\" {\n"
             "  where cents > param.low;\n  select clip(cents, param.low) as c, \"$pipe$.$op$\" as d;\n}");
  const plan::TableRule& rule = plan.pipes.at(0).tables.at(0);
  EXPECT_EQ(expr::ToText(*rule.where), "cents > 5");
  EXPECT_EQ(expr::ToText(rule.select.at(0).value),
            "(case when (cents as int) < (5 as int) then (5 as int) else (cents as int) end as int)");
  EXPECT_EQ(expr::ToText(rule.select.at(1).value), "concat('p', '.', meta.op)");
  EXPECT_EQ(plan::TemplateText(*rule.target_table), "o$match.year$");
}

TEST(Lower, CountsThePipesOfASource) {
  plan::Plan plan = PlanOf("", "table a.b;\n}\npipe q { from db; into bus; table a.c;");
  ASSERT_EQ(plan.pipes.size(), 2u);
  EXPECT_EQ(plan.pipes[0].index_on_source, 0);
  EXPECT_EQ(plan.pipes[1].index_on_source, 1);
}

TEST(Lower, CountsThePipesOfEachSource) {
  plan::Plan plan = PlanOf("source other: mysql { address = 'i'; user = 'u'; }\n",
                           "table a.b;\n}\npipe q { from other, db; into bus; table a.c;\n}\n"
                           "pipe r { from db, other; into bus; table a.d;");
  ASSERT_EQ(plan.pipes.size(), 3u);
  EXPECT_EQ(plan.pipes[1].sources, (std::vector<std::string>{"other", "db"}));
  EXPECT_EQ(plan::IndexOnSource(plan.pipes[1], 0), 0);
  EXPECT_EQ(plan::IndexOnSource(plan.pipes[1], 1), 1);
  EXPECT_EQ(plan::IndexOnSource(plan.pipes[2], 0), 2);
  EXPECT_EQ(plan::IndexOnSource(plan.pipes[2], 1), 1);
}

TEST(Lower, OneSourceOfSeveralIsAPipe) {
  plan::Plan plan =
      PlanOf("source other: mysql { address = 'i'; user = 'u'; }\n",
             "topic \"$source$-$pipe$\";\n"
             "table a.b { on insert publish to \"$source$-new\"; header 'h' = \"in $source$\"; }\n}\n"
             "pipe q { from db, other; into bus; topic \"$source$-$pipe$\"; table a.* as \"$source$\".b { "
             "on insert publish to \"$source$-new\"; header 'h' = \"in $source$\"; }");
  const plan::TableRule& alone = plan.pipes.at(0).tables.at(0);
  EXPECT_EQ(plan::TemplateText(alone.topic.otherwise), "db-p");
  EXPECT_EQ(expr::ToText(alone.headers.at(0).value), "'in db'");
  EXPECT_EQ(plan::TemplateText(plan.pipes[1].tables.at(0).topic.otherwise), "$source$-q");
  const plan::Pipe second = plan::OfSource(plan.pipes[1], 1);
  EXPECT_EQ(second.sources, std::vector<std::string>{"other"});
  const plan::TableRule& rule = second.tables.at(0);
  EXPECT_EQ(plan::TemplateText(rule.topic.otherwise), "other-q");
  EXPECT_EQ(plan::TemplateText(*rule.target_database), "other");
  EXPECT_EQ(plan::TemplateText(*rule.on.at(0).to), "other-new");
  EXPECT_EQ(expr::ToText(rule.headers.at(0).value), "concat('in ', meta.source)");
  EXPECT_EQ(plan::TemplateText(second.topic.otherwise), "other-q");
}

// Fixed for ever: saved positions and servers know a source by this number.
TEST(Lower, ServerIdFollowsFromTheNames) {
  EXPECT_EQ(DefaultServerId("orders", "db"), DefaultServerId("orders", "db"));
  EXPECT_NE(DefaultServerId("orders", "db"), DefaultServerId("ordersd", "b"));
  EXPECT_GE(DefaultServerId("a", "b"), int64_t{1} << 30);
  EXPECT_LT(DefaultServerId("a", "b"), int64_t{1} << 31);
  EXPECT_EQ(PlanOf("", "table a.b;").sources.at(0).settings.Number("server_id"), DefaultServerId("orders", "db"));
}

}  // namespace
}  // namespace cdc::lower
