#include "compiler/lint/dates.h"

#include <gtest/gtest.h>

namespace cdc::lint {
namespace {

TEST(ReadDay, CountsFrom1970) {
  EXPECT_EQ(ReadDay("1970-01-01"), 0);
  EXPECT_EQ(ReadDay("1970-12-31"), 364);
  EXPECT_EQ(ReadDay("2000-03-01"), 11'017);
  EXPECT_EQ(ReadDay("2026-11-21"), 20'778);
  EXPECT_EQ(*ReadDay("2028-03-01") - *ReadDay("2028-02-28"), 2);
}

TEST(ReadDay, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2026-1-1", "2026-13-01", "2026-00-01", "2026-02-29", "2100-02-29", "2026-04-31",
                           "2026-11-00", "2026/11/21", "2026-11-2x", "1969-12-31", "2026-11-211"}) {
    EXPECT_FALSE(ReadDay(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace cdc::lint
