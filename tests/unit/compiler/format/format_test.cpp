#include <gtest/gtest.h>

#include "tests/unit/compiler/format/formatted.h"

namespace cdc::format {
namespace {

std::string LayoutOf(const std::string& text) {
  Formatted formatted(text);
  return formatted.layout ? *formatted.layout : "error: " + formatted.Errors();
}

TEST(Format, ShippedProgramsHaveTheirLayout) {
  for (const std::string& text : WrittenInTheLayout()) EXPECT_EQ(LayoutOf(text), text);
}

TEST(Format, LineEndsAndByteOrderMark) {
  EXPECT_EQ(LayoutOf("\xEF\xBB\xBF-- a\r\nedition 1 ;\r\n\r\n\r\n-- b"), "-- a\nedition 1;\n\n-- b\n");
  EXPECT_EQ(LayoutOf("/* a\r\n\r\n   b  \r\n */\r\n"), "/* a\n\n   b\n */\n");
}

TEST(Format, NothingStaysNothing) {
  EXPECT_EQ(LayoutOf(""), "");
  EXPECT_EQ(LayoutOf(" \r\n\t"), "");
  EXPECT_EQ(LayoutOf("\xEF\xBB\xBF\n"), "");
}

TEST(Format, WordsAreLowerCaseAndNamesAreNot) {
  EXPECT_EQ(LayoutOf("PIPE Pipe { FROM Source; INTO `In`; TABLE Shop.TABLE SKIP; }"),
            "pipe Pipe {\n  from Source;\n  into `In`;\n  table Shop.TABLE skip;\n}\n");
  EXPECT_EQ(LayoutOf("FUNCTION F(A: VARCHAR NOT NULL) RETURNS SET('X') = UPPER(A) || INSERT(Sink, TRUE, X'0A');"),
            "function F(A: VARCHAR not null) returns set('X') =\n  UPPER(A) || insert(Sink, true, X'0A');\n");
}

TEST(Format, SignsDoNotBecomeComments) {
  EXPECT_EQ(LayoutOf("param a:int=- - 1;"), "param a: int = - -1;\n");
  EXPECT_EQ(LayoutOf("param a:int=b - - 1;"), "param a: int = b - -1;\n");
}

TEST(Format, CommentsGetTheirSpace) {
  EXPECT_EQ(LayoutOf("--a\n---b\n-----\n--\n---\n/*c*/\n"), "-- a\n--- b\n-----\n--\n---\n/*c*/\n");
}

TEST(Format, AFileWithASyntaxErrorHasNone) {
  EXPECT_EQ(LayoutOf("pipe x {"), "error: t.pipe:1:8: error: this `{` is not closed [PIPE001]\n");
  EXPECT_EQ(LayoutOf("param a: int = 'x;\n"), "error: t.pipe:1:16: error: this string is not closed [PIPE002]\n");
}

// Other mistakes are no reason to keep a bad layout.
TEST(Format, AFileWithAnotherMistakeHasOne) {
  EXPECT_EQ(LayoutOf("param  a: nonsense = 1 && 2;"), "param a: nonsense = 1 && 2;\n");
}

TEST(Format, ChainsOfAnyLength) {
  std::string text = "param a: int = 1";
  for (int i = 0; i < 6000; ++i) text += i % 2 == 0 ? " and 1" : " or 1";
  Formatted once(text + ";");
  ASSERT_TRUE(once.layout) << once.Errors();
  EXPECT_EQ(LayoutOf(*once.layout), *once.layout);
}

TEST(Format, WhatGrowsTooLargeIsLeftAlone) {
  std::string open;
  std::string close;
  for (int depth = 0; depth < 180; ++depth) {
    open += "x{";
    close += "}";
  }
  std::string settings;
  for (int i = 0; i < 12000; ++i) settings += "a=1;";
  const std::string text = "source s: t {" + open + settings + close + "}";
  EXPECT_EQ(LayoutOf(text), "error: t.pipe:1:1: error: laid out, this file would be larger than 4 MiB [PIPE011]\n");
}

}  // namespace
}  // namespace cdc::format
