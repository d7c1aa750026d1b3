#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "compiler/driver/driver.h"
#include "tests/unit/compiler/program_folder.h"

namespace cdc::driver {
namespace {

using testing::ProgramFolder;

int Fmt(std::vector<std::string> words) {
  words.insert(words.begin(), "fmt");
  std::ostringstream out;
  std::ostringstream err;
  return RunPipec(words, {out, err});
}

ino_t FileNumber(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Fmt, AFileWithItsLayoutIsNotWritten) {
  ProgramFolder folder;
  const std::string path = folder.Write("a.pipe", "pipe  a {}\r\n");
  const ino_t ugly = FileNumber(path);
  EXPECT_EQ(Fmt({"--check", path}), 1);
  EXPECT_EQ(FileNumber(path), ugly);
  EXPECT_EQ(Fmt({path}), 0);
  EXPECT_EQ(ReadAll(path), "pipe a {}\n");
  const ino_t formatted = FileNumber(path);
  EXPECT_NE(formatted, ugly);
  EXPECT_EQ(Fmt({path}), 0);
  EXPECT_EQ(Fmt({"--check", path}), 0);
  EXPECT_EQ(FileNumber(path), formatted);
}

TEST(Fmt, OneBrokenFileStopsNoOther) {
  ProgramFolder folder;
  const std::string broken = folder.Write("a.pipe", "pipe  a {");
  const std::string good = folder.Write("b.pipe", "pipe  b {}");
  EXPECT_EQ(Fmt({folder.Path("")}), 1);
  EXPECT_EQ(ReadAll(broken), "pipe  a {");
  EXPECT_EQ(ReadAll(good), "pipe b {}\n");
  EXPECT_EQ(Fmt({good, folder.Path("none.pipe")}), 2);
}

// Options that every command takes.
TEST(Fmt, CommonOptions) {
  ProgramFolder folder;
  const std::string path = folder.Write("a.pipe", "pipe a {}\n");
  EXPECT_EQ(Fmt({path, "--quiet", "--param", "a=b", "--require-schema", "--schema", "none", "--color", "never"}), 0);
  EXPECT_EQ(Fmt({path, "--chekc"}), 2);
}

}  // namespace
}  // namespace cdc::driver
