#include "compiler/source/source_text.h"

#include <gtest/gtest.h>

namespace cdc::source {
namespace {

TEST(SourceText, CountsLinesAndColumns) {
  SourceText text("a.pipe", "ab\ncd\r\n\nx");
  EXPECT_EQ(text.line_count(), 4u);
  EXPECT_EQ(text.Line(2), "cd");
  EXPECT_EQ(text.Line(3), "");
  EXPECT_EQ(text.At(3).line, 2u);
  EXPECT_EQ(text.At(4).column, 2u);
  EXPECT_EQ(text.At(8).line, 4u);
  EXPECT_EQ(text.At(999).column, 2u);
}

TEST(SourceText, AColumnIsACodePoint) {
  SourceText text("a.pipe", "é€😀x");
  EXPECT_EQ(text.At(9).column, 4u);
  EXPECT_EQ(text.Slice({0, 2, 5}), "€");
}

TEST(SourceText, AByteOrderMarkHasNoColumn) {
  SourceText text("a.pipe", "\xEF\xBB\xBFpipe");
  EXPECT_EQ(text.At(3).column, 1u);
  EXPECT_EQ(text.At(0).column, 1u);
  EXPECT_EQ(text.Line(1), "pipe");
}

TEST(SourceFiles, KeepReferencesAndNamePlaces) {
  SourceFiles files;
  uint32_t first = files.Add("a.pipe", "x\ny");
  const SourceText& text = files.Get(first);
  for (int i = 0; i < 100; ++i) files.Add("b.pipe", "");
  EXPECT_EQ(&text, &files.Get(first));
  EXPECT_EQ(files.Where({first, 2, 3}), "a.pipe:2:1");
}

TEST(Utf8, RefusesWhatIsNot) {
  uint32_t code_point = 0;
  EXPECT_EQ(DecodeUtf8("€", &code_point), 3);
  EXPECT_EQ(code_point, 0x20ACu);
  for (const char* bad : {"\x80", "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xE0\x80\x80"}) {
    EXPECT_EQ(DecodeUtf8(bad, &code_point), 0) << bad;
  }
}

}  // namespace
}  // namespace cdc::source
