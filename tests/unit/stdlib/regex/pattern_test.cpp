#include "stdlib/regex/pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cdc::regex {
namespace {

using ::testing::ElementsAre;

Pattern Make(std::string_view text) { return Pattern::Compile(text).value(); }

TEST(Pattern, SearchesAndMatchesWhole) {
  Pattern pattern = Make("orders_\\d{2}");
  EXPECT_TRUE(pattern.Search("x_orders_17_old"));
  EXPECT_FALSE(pattern.Matches("x_orders_17"));
  EXPECT_TRUE(pattern.Matches("orders_17"));
  EXPECT_TRUE(Make("a|ab").Matches("ab"));
  EXPECT_TRUE(Pattern::Compile("abc", {.ignore_case = true})->Matches("ABC"));
  EXPECT_TRUE(Make(".").Matches("é"));
}

TEST(Pattern, GivesNamedGroupsInOrder) {
  Pattern pattern = Make("shop_(?P<shard>\\d{2})(x)?(?:_(?P<kind>[a-z]+))?");
  EXPECT_THAT(pattern.group_names(), ElementsAre("shard", "kind"));
  std::vector<std::string_view> groups;
  ASSERT_TRUE(pattern.Matches("shop_07_users", &groups));
  EXPECT_THAT(groups, ElementsAre("07", "users"));
  ASSERT_TRUE(pattern.Matches("shop_07", &groups));
  EXPECT_THAT(groups, ElementsAre("07", ""));
  EXPECT_FALSE(pattern.Matches("shop_7", &groups));
}

TEST(Pattern, RefusesWhatRe2DoesNotKnow) {
  EXPECT_FALSE(Pattern::Compile("(?=x)").ok());
  EXPECT_FALSE(Pattern::Compile("a(b").ok());
  EXPECT_NE(Pattern::Compile("a(b").error().message().find("missing )"), std::string::npos);
}

TEST(Pattern, BoundsTheLengthOfGroups) {
  auto bound = [](std::string_view text) { return Make(text).GroupLengthMax("x"); };
  EXPECT_EQ(bound("shop_(?P<x>\\d{2})"), 2u);
  EXPECT_EQ(bound("(?P<x>\\d{2,5})z"), 5u);
  EXPECT_EQ(bound("(?P<x>a|bcd|[x-z][[:digit:]]?)"), 3u);
  EXPECT_EQ(bound("(?P<x>(ab){3}c?)*"), 7u);
  EXPECT_EQ(bound("(?P<x>é{2})"), 2u);
  EXPECT_EQ(bound("(?P<x>[^\\]]\\.\\x{10FFFF})"), 3u);
  EXPECT_EQ(bound("(?P<x>\\d+)"), 0u);
  EXPECT_EQ(bound("(?P<x>\\d{2,})"), 0u);
  EXPECT_EQ(bound("(?P<y>a)"), 0u);
}

}  // namespace
}  // namespace cdc::regex
