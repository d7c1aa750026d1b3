#include "compiler/driver/driver.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/unit/compiler/program_folder.h"

namespace cdc::driver {
namespace {

using testing::ProgramFolder;

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

Ran Pipec(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  int code = RunPipec(words, {out, err});
  return {code, out.str(), err.str()};
}

constexpr const char* kGood =
    "source db: mysql { address = 'h'; user = 'u'; }\nsink bus: stdout {}\npipe p { from db; into bus; table "
    "a.b; }\n";

TEST(Pipec, HelpAndVersion) {
  Ran help = Pipec({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.out.find("pipec check FILE"), std::string::npos);
  EXPECT_EQ(Pipec({}).out, help.out);
  EXPECT_EQ(Pipec({"check", "--help"}).code, 0);
  EXPECT_NE(Pipec({"check", "--help"}).out, help.out);
  EXPECT_EQ(Pipec({"--version"}).out, std::string("pipec ") + PIPEWRIGHT_VERSION + "\n");
}

TEST(Pipec, WrongUsageIsTwo) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", kGood);
  EXPECT_EQ(Pipec({"chekc"}).err, "pipec: unknown command `chekc`: did you mean `check`?\ntry: pipec --help\n");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"check"},
                                             {"check", path, "--param"},
                                             {"check", path, "--param", "x"},
                                             {"check", path, "--quiet=1"},
                                             {"check", path, "--format", "yaml"},
                                             {"plan", path, path},
                                             {"check", path, "--color", "red"},
                                             {"check", path, "--schema", "/nowhere"},
                                             {"check", path, "--jobs", "0"},
                                             {"lint", path, "--fail-level", "none"},
                                             {"lint", path, "--max", "-1"},
                                             {"lint", path, "--today", "2026-02-29"},
                                             {"lint", path, "--baseline", "/nowhere"},
                                             {"lint", path, "--baseline", path},
                                             {"lint", path, "--write-baseline", "/nowhere/x"},
                                             {"lint", path, "--baseline", path, "--write-baseline", path},
                                             {"check", path, "--max", "1"}}) {
    Ran ran = Pipec(words);
    EXPECT_EQ(ran.code, 2) << words.back();
    EXPECT_NE(ran.err, "") << words.back();
  }
}

TEST(Pipec, LaterCommandsSaySo) {
  for (const char* command : {"lsp"}) {
    Ran ran = Pipec({command, "x"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("not available in this release"), std::string::npos) << command;
  }
}

TEST(Pipec, LaterOptionsSaySo) {
  ProgramFolder folder;
  const std::string path = folder.Write("a.pipe", kGood);
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"check", path, "--explain"}}) {
    Ran ran = Pipec(words);
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("not available in this release"), std::string::npos) << ran.err;
  }
}

TEST(Pipec, TheNumberOfJobsChangesNothing) {
  ProgramFolder folder;
  folder.Write("project.pipe", "project p { lint { PIPE233 = warning; } }\n");
  for (const char* table : {"orders", "users"}) {
    folder.Write("schema/db/shop/" + std::string(table) + ".sql",
                 "CREATE TABLE `" + std::string(table) + "` (`id` bigint unsigned NOT NULL, PRIMARY KEY (`id`));\n");
  }
  for (int i = 0; i < 60; ++i) {
    std::string text = kGood;
    if (i % 3 == 0) text += "pipe broken {";
    if (i % 3 == 1) text += "preset unused_" + std::to_string(i) + ": table { key none; }\n";
    folder.Write("p/file_" + std::to_string(i) + ".pipe", text);
  }
  for (const char* command : {"lint", "check"}) {
    for (const char* form : {"human", "json", "sarif", "compact"}) {
      std::vector<std::string> words = {command, "--format", form, "--jobs", "1"};
      for (int i = 0; i < 60; ++i) words.push_back(folder.Path("p/file_" + std::to_string(i) + ".pipe"));
      const Ran alone = Pipec(words);
      EXPECT_GT(alone.out.size(), 1000u);
      for (const char* jobs : {"2", "7", "100"}) {
        words[4] = jobs;
        const Ran ran = Pipec(words);
        EXPECT_EQ(ran.out, alone.out) << command << form << jobs;
        EXPECT_EQ(ran.code, alone.code);
      }
    }
  }
  EXPECT_EQ(Pipec({"lint", folder.Path("p"), "--jobs", "0"}).code, 2);
  EXPECT_EQ(Pipec({"lint", folder.Path("p"), "--jobs", "many"}).code, 2);
}

TEST(Pipec, SeveralFilesAreOneReport) {
  ProgramFolder folder;
  std::string good = folder.Write("good.pipe", kGood);
  std::string bad = folder.Write("bad.pipe", "pipe p {}\n");
  Ran ran = Pipec({"check", good, bad, "--format", "compact"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.out.find("bad.pipe:1:6: error: pipe `p` has no `from` [PIPE004]"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("good.pipe"), std::string::npos);
  EXPECT_EQ(Pipec({"check", good}).code, 0);
  EXPECT_EQ(Pipec({"check", good, folder.Path("none.pipe"), bad}).code, 2);
}

TEST(Pipec, ParametersComeFromAFileToo) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", std::string("param env: string in ('dev', 'prod');\n") + kGood);
  std::string params = folder.Write("p.txt", "# which\r\nenv=prod\r\n");
  EXPECT_EQ(Pipec({"plan", path, "--format", "json"}).code, 2);
  EXPECT_EQ(Pipec({"plan", path, "--format", "json", "--params", params}).code, 0);
  EXPECT_EQ(Pipec({"plan", path, "--param", "env=test"}).code, 2);
}

TEST(Pipec, PlanKeepsItsOutputClean) {
  ProgramFolder folder;
  Ran ran = Pipec({"plan", folder.Write("a.pipe", "pipe p {}\n")});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("PIPE004"), std::string::npos);
}

TEST(Pipec, ColorOnlyWhereItIsWanted) {
  ProgramFolder folder;
  std::string path = folder.Write("a.pipe", "pipe p {}\n");
  EXPECT_EQ(Pipec({"check", path}).out.find('\x1b'), std::string::npos);
  EXPECT_NE(Pipec({"check", path, "--color", "always"}).out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace cdc::driver
