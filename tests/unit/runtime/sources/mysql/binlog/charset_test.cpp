#include "runtime/sources/mysql/binlog/charset.h"

#include <gtest/gtest.h>

namespace cdc::binlog {
namespace {

std::string Utf8(const char* charset, std::string_view bytes) {
  Arena arena;
  return std::string(ToUtf8(FindCharset(charset), bytes, &arena));
}

TEST(Charset, Latin1IsCp1252WithTheServersFiveExceptions) {
  EXPECT_EQ(Utf8("latin1", "\x80\x81\xE9"), "€\xC2\x81é");
  EXPECT_EQ(Utf8("latin1", "\x8D\x8F\x90\x9D\x9F"), "\xC2\x8D\xC2\x8F\xC2\x90\xC2\x9DŸ");
}

TEST(Charset, Gbk) {
  EXPECT_EQ(Utf8("gbk",
                 "\xC4\xE3"
                 "A\xD6\xD0\xCE\xC4"),
            "你A中文");
  EXPECT_EQ(Utf8("gbk", "\x81\x40\xFE\x4F"), "丂﨩");
  EXPECT_EQ(Utf8("gbk", "ok\xC4"), "ok\uFFFD");
  EXPECT_EQ(Utf8("gbk", "\x80x\xFF"), "\uFFFDx\uFFFD");
}

TEST(Charset, AsciiTextIsNotCopied) {
  Arena arena;
  const std::string text = "plain ascii, longer than a word";
  for (const char* charset : {"latin1", "gbk", "ascii", "utf8mb4", "utf8mb3", "binary"}) {
    EXPECT_EQ(ToUtf8(FindCharset(charset), text, &arena).data(), text.data()) << charset;
  }
}

TEST(Charset, OthersAreUnsupported) {
  for (const char* charset : {"", "sjis", "ucs2", "utf16", "big5", "cp1251"}) {
    EXPECT_EQ(FindCharset(charset), Charset::kUnsupported) << charset;
  }
}

TEST(Charset, OfCollation) {
  EXPECT_EQ(CharsetNameOfCollation(8), "latin1");
  EXPECT_EQ(CharsetNameOfCollation(255), "utf8mb4");
  EXPECT_EQ(CharsetNameOfCollation(33), "utf8mb3");
  EXPECT_EQ(CharsetNameOfCollation(63), "binary");
  EXPECT_EQ(CharsetNameOfCollation(28), "gbk");
  EXPECT_EQ(CharsetNameOfCollation(2304), "utf8mb4");
  EXPECT_EQ(CharsetNameOfCollation(13), "sjis");
  EXPECT_EQ(CharsetNameOfCollation(60000), "");
}

}  // namespace
}  // namespace cdc::binlog
