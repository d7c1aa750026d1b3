#include "stdlib/core/utf8.h"

#include <gtest/gtest.h>

namespace cdc {
namespace {

TEST(Utf8, AnExcerptEndsBetweenCharacters) {
  EXPECT_EQ(Excerpt("äöü", 6), "äöü");
  EXPECT_EQ(Excerpt("äöü", 5), "äö…");
  EXPECT_EQ(Excerpt("äöü", 4), "äö…");
  EXPECT_EQ(Excerpt("a漢字", 3), "a…");
  EXPECT_EQ(Excerpt("\xBF\xBF\xBF", 2), "…");
  EXPECT_EQ(Excerpt("", 0), "");
}

}  // namespace
}  // namespace cdc
