#include "compiler/driver/changes.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "compiler/driver/driver.h"
#include "tests/unit/compiler/program_folder.h"

namespace cdc::driver {
namespace {

using testing::ProgramFolder;

TEST(Changes, AreTheLinesAfter) {
  Changes changes;
  changes.ReadDiff(
      "diff --git a.pipe a.pipe\nindex 1..2 100644\n--- a.pipe\n+++ a.pipe\n@@ -3 +3,2 @@ pipe p {\n-x\n+y\n+z\n"
      "@@ -9,2 +10,0 @@\n-gone\n-gone\n@@ -20 +19 @@\n-x\n+++ b.pipe\n"
      "diff --git with space.pipe with space.pipe\n--- with space.pipe\t\n+++ with space.pipe\t\n@@ -0,0 +1 @@\n+x\n");
  for (uint32_t line : {3u, 4u, 19u}) EXPECT_TRUE(changes.Has("a.pipe", line)) << line;
  for (uint32_t line : {1u, 2u, 5u, 9u, 10u, 18u, 20u}) EXPECT_FALSE(changes.Has("a.pipe", line)) << line;
  EXPECT_FALSE(changes.Has("b.pipe", 19));
  EXPECT_TRUE(changes.Has("with space.pipe", 1));
  EXPECT_FALSE(changes.Has("other.pipe", 1));
}

// A repository with one program, committed.
class Repository {
 public:
  Repository() {
    Git("init -q");
    Write("-- above\n", "100000");
    Git("add .");
    Git("-c user.name=n -c user.email=e@example.com commit -qm first");
  }

  void Write(const std::string& above, const std::string& number) {
    path_ =
        folder_.Write("a.pipe", above +
                                    "source db: mysql { address = 'h'; user = 'u'; }\nsink bus: stdout {}\n"
                                    "pipe p {\n  from db;\n  into bus;\n  table shop.r'orders.2026' {\n    where a > " +
                                    number + ";\n  }\n}\n");
  }
  std::string AddFile() { return folder_.Write("b.pipe", "function f(x: bigint) returns bool = x > 100000;\n"); }

  std::string Lint(const std::string& revision, const std::string& path = "") {
    std::ostringstream out;
    RunPipec({"lint", "--format", "compact", "--changed-since", revision, path.empty() ? path_ : path}, {out, out});
    return out.str();
  }

 private:
  void Git(const std::string& arguments) {
    EXPECT_EQ(std::system(("git -C " + folder_.Path("") + " " + arguments).c_str()), 0) << arguments;
  }
  ProgramFolder folder_;
  std::string path_;
};

TEST(ChangedSince, LeavesOutWhatIsAsItWas) {
  Repository repository;
  EXPECT_EQ(repository.Lint("HEAD"), "");
  repository.Write("-- above\n-- and another line\n", "200000");
  std::string found = repository.Lint("HEAD");
  EXPECT_NE(found.find("[PIPE409]"), std::string::npos) << found;
  EXPECT_EQ(found.find("[PIPE224]"), std::string::npos) << found;
  EXPECT_NE(repository.Lint("HEAD", repository.AddFile()).find("[PIPE409]"), std::string::npos);
}

TEST(ChangedSince, SaysWhatGitSays) {
  Repository repository;
  std::string said = repository.Lint("no-such-revision");
  EXPECT_NE(said.find("no-such-revision"), std::string::npos) << said;
  EXPECT_NE(repository.Lint("--output=x").find("is no revision"), std::string::npos);
}

}  // namespace
}  // namespace cdc::driver
