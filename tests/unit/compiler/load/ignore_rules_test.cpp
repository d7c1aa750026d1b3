#include "compiler/load/ignore_rules.h"

#include <gtest/gtest.h>

namespace cdc::load {
namespace {

using Answer = IgnoreRules::Answer;

Answer AskFile(const char* rules, const char* path) { return IgnoreRules(rules).Ask(path, false); }
Answer AskDirectory(const char* rules, const char* path) { return IgnoreRules(rules).Ask(path, true); }

TEST(MatchesGlob, WildcardsAndSets) {
  EXPECT_TRUE(MatchesGlob("*.pipe", "a.pipe"));
  EXPECT_TRUE(MatchesGlob("*.pipe", ".pipe"));
  EXPECT_FALSE(MatchesGlob("*.pipe", "a.pipes"));
  EXPECT_TRUE(MatchesGlob("a*b*c", "aXbXbc"));
  EXPECT_TRUE(MatchesGlob("a?c", "abc"));
  EXPECT_FALSE(MatchesGlob("a?c", "ac"));
  EXPECT_TRUE(MatchesGlob("[a-c]x[!0-9]", "bxy"));
  EXPECT_FALSE(MatchesGlob("[a-c]x[!0-9]", "bx3"));
  EXPECT_TRUE(MatchesGlob("[]a]", "]"));
  EXPECT_TRUE(MatchesGlob("[a", "[a"));
  EXPECT_TRUE(MatchesGlob("\\*", "*"));
  EXPECT_FALSE(MatchesGlob("\\*", "x"));
  EXPECT_TRUE(MatchesGlob("", ""));
  EXPECT_FALSE(MatchesGlob("", "a"));
  EXPECT_FALSE(MatchesGlob("a", ""));
}

TEST(MatchesGlob, ManyStarsTakeNoTime) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(MatchesGlob(pattern + "b", std::string(20000, 'a')));
}

TEST(IgnoreRules, ANameMatchesAtAnyDepth) {
  EXPECT_EQ(AskFile("old.pipe\n", "old.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("old.pipe\n", "a/b/old.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("old.pipe\n", "a/older.pipe"), Answer::kSilent);
}

TEST(IgnoreRules, ASlashTiesToTheFolder) {
  EXPECT_EQ(AskFile("/old.pipe", "old.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("/old.pipe", "a/old.pipe"), Answer::kSilent);
  EXPECT_EQ(AskFile("a/old.pipe", "a/old.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("a/old.pipe", "b/a/old.pipe"), Answer::kSilent);
  EXPECT_EQ(AskFile("a/*.pipe", "a/b/old.pipe"), Answer::kSilent);
}

TEST(IgnoreRules, ASlashAtTheEndMeansDirectories) {
  EXPECT_EQ(AskDirectory("build/", "a/build"), Answer::kIgnored);
  EXPECT_EQ(AskFile("build/", "a/build"), Answer::kSilent);
}

TEST(IgnoreRules, TwoStarsAreAnyNumberOfFolders) {
  EXPECT_EQ(AskFile("**/old/x.pipe", "old/x.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("**/old/x.pipe", "a/b/old/x.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("a/**/x.pipe", "a/x.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("a/**/x.pipe", "a/b/c/x.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("a/**", "a/b/x.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskDirectory("a/**", "a"), Answer::kSilent);
}

TEST(IgnoreRules, TheLastRuleDecides) {
  EXPECT_EQ(AskFile("*.pipe\n!keep.pipe\n", "keep.pipe"), Answer::kKept);
  EXPECT_EQ(AskFile("!keep.pipe\n*.pipe\n", "keep.pipe"), Answer::kIgnored);
}

TEST(IgnoreRules, CommentsSpacesAndLineEnds) {
  EXPECT_EQ(AskFile("# a\r\n\r\nold.pipe  \r\n", "old.pipe"), Answer::kIgnored);
  EXPECT_EQ(AskFile("# a\n", "# a"), Answer::kSilent);
  EXPECT_EQ(AskFile("\\#a\n", "#a"), Answer::kIgnored);
  EXPECT_EQ(AskFile("\\!a\n", "!a"), Answer::kIgnored);
  EXPECT_EQ(AskFile("a\\ \n", "a "), Answer::kIgnored);
  EXPECT_EQ(AskFile("/\n", "a"), Answer::kSilent);
}

}  // namespace
}  // namespace cdc::load
