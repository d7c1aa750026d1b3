#include "compiler/load/paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "compiler/load/replace_file.h"
#include "tests/unit/compiler/program_folder.h"

namespace cdc::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What the walk over the folder finds, relative to it.
std::vector<std::string> Find(const testing::ProgramFolder& folder, const std::string& name = "") {
  FoundFiles found = FindPrograms({folder.Path(name)}, {".pipe"});
  EXPECT_THAT(found.errors, IsEmpty());
  for (std::string& file : found.files) file = std::filesystem::relative(file, folder.Path("")).string();
  return found.files;
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(FindPrograms, WalksByNameAndLeavesOutWhatIsHidden) {
  testing::ProgramFolder folder;
  for (const char* name : {"b.pipe", "a/z.pipe", "a/b/y.pipe", "notes.md", ".git/x.pipe", "a/.x.pipe", "pipe"}) {
    folder.Write(name, "");
  }
  ASSERT_EQ(::mkfifo(folder.Path("fifo.pipe").c_str(), 0600), 0);
  EXPECT_THAT(Find(folder), ElementsAre("a/b/y.pipe", "a/z.pipe", "b.pipe", "project.pipe"));
}

TEST(FindPrograms, AFileCountsWhateverItIsCalled) {
  testing::ProgramFolder folder;
  folder.Write(".gitignore", "*\n");
  std::string path = folder.Write("a.txt", "");
  EXPECT_THAT(FindPrograms({path}, {".pipe"}).files, ElementsAre(path));
}

TEST(FindPrograms, IgnoreFilesOfAllLevels) {
  testing::ProgramFolder folder;
  folder.Write(".git/HEAD", "");
  folder.Write(".gitignore", "build/\n/a/tmp.pipe\n*.old.pipe\nproject.pipe\n");
  folder.Write("a/.gitignore", "!keep.old.pipe\n");
  for (const char* name : {"a/tmp.pipe", "a/x.old.pipe", "a/keep.old.pipe", "a/b/tmp.pipe", "build/x.pipe"}) {
    folder.Write(name, "");
  }
  EXPECT_THAT(Find(folder), ElementsAre("a/b/tmp.pipe", "a/keep.old.pipe"));
  // The repository's rules reach the walk of a part of it; a directory that is named is walked.
  EXPECT_THAT(Find(folder, "a"), ElementsAre("a/b/tmp.pipe", "a/keep.old.pipe"));
  EXPECT_THAT(Find(folder, "build"), ElementsAre("build/x.pipe"));
}

TEST(FindPrograms, LinksMakeNoLoopAndNoSecondFile) {
  testing::ProgramFolder folder;
  std::string real = folder.Write("a/x.pipe", "");
  ::unlink(folder.Path("project.pipe").c_str());
  std::filesystem::create_directory_symlink(folder.Path(""), folder.Path("a/loop"));
  std::filesystem::create_symlink("a/x.pipe", folder.Path("y.pipe"));
  EXPECT_THAT(Find(folder), ElementsAre("a/x.pipe"));
  EXPECT_THAT(FindPrograms({real, real, folder.Path("a")}, {".pipe"}).files, ElementsAre(real));
}

TEST(FindPrograms, WhatIsNotThere) {
  testing::ProgramFolder folder;
  FoundFiles found = FindPrograms({folder.Path("none.pipe"), folder.Path("project.pipe")}, {".pipe"});
  EXPECT_THAT(found.errors, ElementsAre(HasSubstr("none.pipe`: No such file or directory")));
  EXPECT_THAT(found.files, ElementsAre(folder.Path("project.pipe")));
  std::filesystem::create_symlink("loop.pipe", folder.Path("loop.pipe"));
  EXPECT_THAT(FindPrograms({folder.Path("")}, {".pipe"}).files,
              ElementsAre(HasSubstr("loop.pipe"), HasSubstr("project")));
}

TEST(ReplaceFile, KeepsModeAndLink) {
  testing::ProgramFolder folder;
  std::string path = folder.Write("a/x.pipe", "old");
  ::chmod(path.c_str(), 0751);
  std::filesystem::create_symlink("a/x.pipe", folder.Path("link.pipe"));
  ASSERT_TRUE(ReplaceFile(folder.Path("link.pipe"), "new").ok());
  EXPECT_EQ(ReadAll(path), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.Path("link.pipe")));
  struct stat status = {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0751u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.Path("a")), {}), 1);
}

TEST(ReplaceFile, WhatCannotBeWritten) {
  testing::ProgramFolder folder;
  EXPECT_FALSE(ReplaceFile(folder.Path("none.pipe"), "new").ok());
  EXPECT_FALSE(std::filesystem::exists(folder.Path("none.pipe")));
}

}  // namespace
}  // namespace cdc::load
