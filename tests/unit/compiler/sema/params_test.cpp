#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "compiler/sema/check.h"

namespace cdc::sema {
namespace {

struct Chosen {
  source::SourceFiles files;
  ast::File ast;
  diag::Diagnostics diagnostics;
  ParamChoices choices;
};

Chosen Choose(const std::string& text, const std::map<std::string, std::string>& given = {}) {
  Chosen chosen;
  uint32_t file = chosen.files.Add("a.pipe", text);
  chosen.ast = parse::Parse(chosen.files, file, &chosen.diagnostics);
  Input input;
  input.files.push_back({&chosen.ast, {}});
  chosen.choices = ChooseParams(input, given, &chosen.diagnostics);
  return chosen;
}

std::string Text(const ParamValues& values) {
  std::string text;
  for (const auto& [name, value] : values) text += name + "=" + (value ? value->text : "?") + " ";
  return text;
}

std::vector<std::string> Texts(const ParamChoices& choices) {
  std::vector<std::string> texts;
  for (const ParamValues& values : choices.combinations) texts.push_back(Text(values));
  return texts;
}

using ::std::vector;

TEST(Params, NoParametersAreOneCombination) { EXPECT_EQ(Texts(Choose("").choices), vector<std::string>{""}); }

TEST(Params, TheProgramsOwnChoiceIsFirstAndDomainsFollow) {
  Chosen chosen = Choose("param env: string in ('dev', 'prod') = 'prod';\n");
  EXPECT_TRUE(chosen.diagnostics.empty());
  EXPECT_EQ(Texts(chosen.choices), (vector<std::string>{"env=prod ", "env=dev "}));
}

TEST(Params, DefaultsMayDependOnParametersBeforeThem) {
  Chosen chosen = Choose(
      "param env: string in ('dev', 'prod') = 'dev';\n"
      "param n: int in (1 .. 64) = case param.env when 'prod' then 48 else 6 end;\n");
  EXPECT_TRUE(chosen.diagnostics.empty());
  EXPECT_EQ(Texts(chosen.choices), (vector<std::string>{"env=dev n=6 ", "env=dev n=1 ", "env=dev n=64 ",
                                                        "env=prod n=48 ", "env=prod n=1 ", "env=prod n=64 "}));
}

TEST(Params, AGivenValueIsTheOnlyOne) {
  Chosen chosen = Choose("param env: string in ('dev', 'prod') = 'dev';\n", {{"env", "prod"}});
  EXPECT_EQ(Texts(chosen.choices), vector<std::string>{"env=prod "});
}

TEST(Params, OneWithoutValueOrDomainIsUnknown) {
  Chosen chosen = Choose("param env: string;\n");
  EXPECT_EQ(Texts(chosen.choices), vector<std::string>{"env=? "});
  EXPECT_EQ(chosen.choices.without_value, vector<std::string>{"env"});
}

TEST(Params, GivenTextsAreReadByType) {
  const std::string declarations = "param d: duration;\nparam s: size;\nparam b: bool;\nparam i: int;\n";
  Chosen chosen = Choose(declarations, {{"d", "30s"}, {"s", "1MiB"}, {"b", "true"}, {"i", "-7"}});
  EXPECT_EQ(chosen.choices.usage_error, "");
  EXPECT_EQ(Texts(chosen.choices), vector<std::string>{"b=true d=30000 i=-7 s=1048576 "});
  for (const auto& [name, text] :
       std::map<std::string, std::string>{{"d", "30"}, {"s", "1mb"}, {"b", "yes"}, {"i", "1.5"}}) {
    EXPECT_NE(Choose(declarations, {{name, text}}).choices.usage_error, "") << name;
  }
}

TEST(Params, AtMost256CombinationsAreChecked) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "param p" + std::to_string(i) + ": bool in (true, false) = true;\n";
  Chosen chosen = Choose(text);
  EXPECT_EQ(chosen.choices.combinations.size(), kCombinationsMax);
  EXPECT_TRUE(chosen.choices.cut);
}

}  // namespace
}  // namespace cdc::sema
