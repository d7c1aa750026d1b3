#include "stdlib/core/names.h"

#include <gtest/gtest.h>

#include "stdlib/core/nearest.h"
#include "stdlib/core/utf8.h"

namespace cdc {
namespace {

TEST(Names, CompareWithoutCase) {
  EXPECT_TRUE(SameName("Status", "sTATUS"));
  EXPECT_FALSE(SameName("status", "statu"));
  EXPECT_TRUE(SameName("ÄPFEL", "äpfel"));
  EXPECT_TRUE(SameName("Дата", "дАТА"));
  EXPECT_FALSE(SameName("[", "{"));
}

TEST(Names, NearestIsMeantOrNothing) {
  EXPECT_EQ(Nearest("stauts", {"id", "status", "total"}), "status");
  EXPECT_EQ(Nearest("emial", {"email", "mail_to"}), "email");
  EXPECT_EQ(Nearest("keep_fist", {"value", "keep_first", "keep_last"}), "keep_first");
  EXPECT_EQ(Nearest("uper", {"upper", "lower"}), "upper");
  EXPECT_EQ(Nearest("payed", {"new", "paid", "shipped"}), "paid");
  EXPECT_FALSE(Nearest("colour", {"status", "id"}).has_value());
  EXPECT_FALSE(Nearest("x", {"status"}).has_value());
}

TEST(Utf8, CountsCharactersOfDamagedTextToo) {
  EXPECT_EQ(CountCharacters("größe"), 5u);
  EXPECT_EQ(CountCharacters("a\xff\xc3"), 3u);
  EXPECT_EQ(OffsetOfCharacter("größe", 3), 4u);
  EXPECT_EQ(OffsetOfCharacter("ab", 9), 2u);
  EXPECT_TRUE(IsUtf8("日本語😀"));
  EXPECT_FALSE(IsUtf8("\xed\xa0\x80"));
  EXPECT_FALSE(IsUtf8("\xc0\x80"));
  EXPECT_FALSE(IsUtf8("\xf4\x90\x80\x80"));
}

TEST(Utf8, MapsCase) {
  EXPECT_EQ(LowerCharacter(U'Ж'), U'ж');
  EXPECT_EQ(UpperCharacter(U'ÿ'), U'Ÿ');
  EXPECT_EQ(LowerCharacter(U'Ā'), U'ā');
  EXPECT_EQ(UpperCharacter(U'ā'), U'Ā');
  EXPECT_EQ(UpperCharacter(U'ß'), U'ß');
  EXPECT_EQ(LowerCharacter(U'日'), U'日');
}

}  // namespace
}  // namespace cdc
