// The chain of LANGUAGE §8 through Check(): what a resource says, what its presets say, what the catalog
// says.

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/sema/check.h"

namespace cdc::sema {
namespace {

struct Run {
  source::SourceFiles files;
  ast::File ast;
  diag::Diagnostics diagnostics;
  Checked checked;
};

std::unique_ptr<Run> CheckText(const std::string& text) {
  auto run = std::make_unique<Run>();
  uint32_t file = run->files.Add("a.pipe", text);
  run->ast = parse::Parse(run->files, file, &run->diagnostics);
  Input input;
  input.files.push_back({&run->ast, {}});
  input.stem = "a";
  ParamChoices choices = ChooseParams(input, {}, &run->diagnostics);
  run->checked = Check(input, choices.combinations[0], &run->diagnostics);
  return run;
}

std::unique_ptr<Run> CheckSink(const std::string& declarations, const std::string& settings) {
  return CheckText(declarations +
                   "source db: mysql { address = 'h'; user = 'u'; }\nsink bus: kafka { brokers = ['b'];\n" + settings +
                   "}\npipe p { from db; into bus; table a.b; }\n");
}

std::string Messages(const Run& run) {
  std::string text;
  for (const diag::Diagnostic& diagnostic : run.diagnostics.all()) {
    text += diag::KindId(diagnostic.kind) + " " + diagnostic.message + "\n";
  }
  return text;
}

TEST(Settings, DefaultsAreFilledIn) {
  auto run = CheckSink("", "");
  ASSERT_EQ(Messages(*run), "");
  const catalog::Settings& sink = run->checked.sinks.at(0).settings;
  EXPECT_TRUE(sink.Is("delivery", "exactly_once"));
  EXPECT_EQ(sink.Number("delivery.commit_every"), 100);
  EXPECT_EQ(sink.Number("retry.give_up"), 12 * 3600 * 1000);
  EXPECT_TRUE(sink.Is("tls", "off"));
  EXPECT_EQ(sink.Find("tls.min_version"), nullptr);
  EXPECT_EQ(sink.Find("auth.user"), nullptr);
  EXPECT_EQ(run->checked.sources.at(0).settings.Number("snapshot.parallel"), 1);
}

TEST(Settings, ABlockWithoutAWordHasItsOwnDefault) {
  auto run = CheckSink("", "tls { ca = 'ca.pem'; }\n");
  ASSERT_EQ(Messages(*run), "");
  EXPECT_TRUE(run->checked.sinks.at(0).settings.Is("tls", "verify_identity"));
  EXPECT_TRUE(run->checked.sinks.at(0).settings.Is("tls.min_version", "tls1_2"));
}

TEST(Settings, PresetsFillLeafByLeafAndTheOwnBlockWins) {
  auto run = CheckSink("preset k: sink kafka { linger = 9ms; retry { first = 1s; max = 20s; } }\n",
                       "use k; retry { first = 2s; }\n");
  ASSERT_EQ(Messages(*run), "");
  const catalog::Settings& sink = run->checked.sinks.at(0).settings;
  EXPECT_EQ(sink.Number("linger"), 9);
  EXPECT_EQ(sink.Number("retry.first"), 2000);
  EXPECT_EQ(sink.Number("retry.max"), 20000);
}

TEST(Settings, AnotherVariantReplacesTheWholeBlock) {
  auto run = CheckSink("preset k: sink kafka { tls verify_ca { ca = 'a.pem'; } }\n", "use k; tls verify_identity {}\n");
  ASSERT_EQ(Messages(*run), "");
  EXPECT_EQ(run->checked.sinks.at(0).settings.Find("tls.ca"), nullptr);
}

TEST(Settings, APresetMayUseAnother) {
  auto run = CheckSink(
      "preset inner: sink kafka { batch = 2MiB; linger = 1ms; }\n"
      "preset outer: sink kafka { use inner; linger = 2ms; }\n",
      "use outer;\n");
  ASSERT_EQ(Messages(*run), "");
  EXPECT_EQ(run->checked.sinks.at(0).settings.Number("batch"), 2 << 20);
  EXPECT_EQ(run->checked.sinks.at(0).settings.Number("linger"), 2);
}

TEST(Settings, FormatsMergeFromPipeToTable) {
  auto run = CheckText(
      "source db: mysql { address = 'h'; user = 'u'; }\nsink bus: stdout {}\n"
      "pipe p { from db; into bus; format canal_json { gtid = false; enum = label; }\n"
      "table a.b { format canal_json { enum = number; } }\n table a.c { format debezium_json; } }\n");
  ASSERT_EQ(Messages(*run), "");
  const Rule& first = run->checked.pipes.at(0).rules.at(0);
  EXPECT_FALSE(first.format.settings.Flag("gtid", true));
  EXPECT_TRUE(first.format.settings.Is("enum", "number"));
  EXPECT_EQ(run->checked.pipes[0].rules[1].format.name, "debezium_json");
  EXPECT_TRUE(run->checked.pipes[0].rules[1].format.settings.Flag("schema"));
}

TEST(Settings, WordsMayComeFromACase) {
  auto run = CheckSink("param env: string = 'prod';\n",
                       "compression = case param.env when 'prod' then zstd else none end;\n"
                       "linger = case when param.env = 'prod' then 1ms else 2ms end;\n");
  ASSERT_EQ(Messages(*run), "");
  EXPECT_TRUE(run->checked.sinks.at(0).settings.Is("compression", "zstd"));
  EXPECT_EQ(run->checked.sinks.at(0).settings.Number("linger"), 1);
}

TEST(Settings, SecretsKeepTheirPlaceNotTheirValue) {
  auto run = CheckSink("secret pw = file('/run/pw');\n", "auth plain { user = 'u'; password = secret.pw; }\n");
  ASSERT_EQ(Messages(*run), "");
  const catalog::SettingValue* value = run->checked.sinks.at(0).settings.Find("auth.password");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->provider, "file");
  EXPECT_EQ(value->text, "/run/pw");
}

}  // namespace
}  // namespace cdc::sema
