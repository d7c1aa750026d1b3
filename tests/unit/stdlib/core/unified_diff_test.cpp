#include "stdlib/core/unified_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace cdc {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

// What the diff makes of `before`, as patch(1) reads it.
std::string Patched(const std::string& before, const std::string& diff) {
  const std::vector<std::string> old_lines = Lines(before);
  std::string after;
  size_t at = 0;
  for (const std::string& line : Lines(diff)) {
    if (line.rfind("--- ", 0) == 0 || line.rfind("+++ ", 0) == 0) continue;
    if (line.rfind("@@ -", 0) == 0) {
      const size_t number = std::stoul(line.substr(4));
      const bool none = line.substr(4, line.find(' ', 4) - 4).ends_with(",0");
      const size_t first = none ? number : number - 1;
      while (at < first) after += old_lines.at(at++);
    } else if (line[0] == '\\') {
      after.pop_back();
    } else if (line[0] == '+') {
      after += line.substr(1);
    } else {
      std::string same = old_lines.at(at++);
      if (same.back() != '\n') same += '\n';
      EXPECT_EQ(same, line.substr(1));
      if (line[0] == ' ') after += line.substr(1);
    }
  }
  while (at < old_lines.size()) after += old_lines.at(at++);
  return after;
}

TEST(UnifiedDiff, IsEmptyForTheSameText) {
  EXPECT_EQ(UnifiedDiff("a", "", "a", ""), "");
  EXPECT_EQ(UnifiedDiff("a", "x\n", "a", "x\n"), "");
}

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(UnifiedDiff("a.pipe", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "a.pipe", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a.pipe\n+++ a.pipe\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, MissingLineEnds) {
  EXPECT_EQ(UnifiedDiff("a", "x", "a", "x\n"), "--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
  EXPECT_EQ(UnifiedDiff("a", "", "a", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
}

TEST(UnifiedDiff, NamesWhatIsNotThere) {
  EXPECT_EQ(UnifiedDiff("/dev/null", "", "b", "x\n"), "--- /dev/null\n+++ b\n@@ -0,0 +1 @@\n+x\n");
}

TEST(UnifiedDiff, TextsThatHaveLittleInCommonAreReplacedWhole) {
  std::string before, after;
  for (int i = 0; i < 2'000; ++i) {
    before += "old " + std::to_string(i) + "\n";
    after += "new " + std::to_string(i) + "\n";
  }
  const std::string diff = UnifiedDiff("a", before, "a", after);
  EXPECT_EQ(Patched(before, diff), after);
  EXPECT_EQ(Lines(diff).size(), 4'003u);
}

TEST(UnifiedDiff, LeadsFromOneTextToTheOther) {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string before;
    std::string after;
    for (int line = 0; line < 60; ++line) {
      const std::string text = std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
      const unsigned fate = random() % 12;
      if (fate != 0) before += text;
      if (fate != 1) after += fate == 2 ? "new\n" : text;
    }
    const std::string diff = UnifiedDiff("x", before, "x", after);
    ASSERT_EQ(Patched(before, diff), after) << diff;
  }
}

}  // namespace
}  // namespace cdc
