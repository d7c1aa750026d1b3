#include "stdlib/core/temporal.h"

#include <gtest/gtest.h>

#include "stdlib/core/value.h"

namespace cdc {
namespace {

std::string Datetime(int64_t packed, int digits) {
  char out[40];
  return std::string(out, FormatDatetime(packed, digits, out));
}
std::string Time(int64_t micros, int digits) {
  char out[40];
  return std::string(out, FormatTime(micros, digits, out));
}
std::string Stamp(int64_t micros, int digits, int zone_s) {
  char out[40];
  return std::string(out, FormatTimestamp(micros, digits, zone_s, out));
}

TEST(Temporal, DatetimesRoundTrip) {
  for (const char* text :
       {"0000-00-00 00:00:00", "2024-02-00 00:00:00", "9999-12-31 23:59:59", "2024-02-29 10:11:12"}) {
    std::optional<int64_t> packed = ParseDatetime(text);
    ASSERT_TRUE(packed.has_value()) << text;
    EXPECT_EQ(Datetime(*packed, 0), text);
  }
  EXPECT_EQ(Datetime(*ParseDatetime("2024-2-9T1:2:3.5"), 3), "2024-02-09 01:02:03.500");
  EXPECT_EQ(Datetime(*ParseDatetime("20240209010203"), 0), "2024-02-09 01:02:03");
  EXPECT_EQ(Datetime(*ParseDatetime("70-01-02"), 0), "1970-01-02 00:00:00");
  EXPECT_EQ(Datetime(*ParseDatetime("240209"), 0), "2024-02-09 00:00:00");
  EXPECT_EQ(Datetime(*ParseDatetime("2024-01-01 00:00:00.123456789"), 6), "2024-01-01 00:00:00.123456");
  EXPECT_LT(*ParseDatetime("2023-12-31 23:59:59.999999"), *ParseDate("2024-01-01"));
  for (const char* wrong : {"", "2023-02-29", "2024-13-01", "2024-01-01 24:00:00", "2024-01-01x", "now", "2024"}) {
    EXPECT_FALSE(ParseDatetime(wrong).has_value()) << wrong;
  }
}

TEST(Temporal, TimesRoundTrip) {
  for (const char* text : {"-838:59:59", "838:59:59", "00:00:00", "-00:00:01", "99:01:02"}) {
    std::optional<int64_t> micros = ParseTime(text);
    ASSERT_TRUE(micros.has_value()) << text;
    EXPECT_EQ(Time(*micros, 0), text);
  }
  EXPECT_EQ(Time(*ParseTime("-00:00:00.5"), 1), "-00:00:00.5");
  EXPECT_EQ(Time(*ParseTime("1 02:03:04"), 0), "26:03:04");
  EXPECT_EQ(Time(*ParseTime("10:11"), 0), "10:11:00");
  EXPECT_EQ(Time(*ParseTime("101112"), 0), "10:11:12");
  EXPECT_EQ(Time(*ParseTime("12"), 0), "00:00:12");
  for (const char* wrong : {"", "839:00:00", "00:60:00", "a", "1:2:3:4"})
    EXPECT_FALSE(ParseTime(wrong).has_value()) << wrong;
}

TEST(Temporal, InstantsNeedTheirZone) {
  EXPECT_EQ(ParseInstant("1970-01-01T00:00:01Z"), 1'000'000);
  EXPECT_EQ(ParseInstant("2024-02-29T10:51:12.5+01:00"), 1709200272'500000);
  EXPECT_EQ(ParseInstant("2024-02-29 09:51:12.5z"), 1709200272'500000);
  EXPECT_EQ(ParseInstant("2024-02-29t01:21:12.500000999-08:30"), 1709200272'500000);
  EXPECT_EQ(ParseInstant("1969-12-31T23:59:59.999999Z"), -1);
  EXPECT_EQ(ParseInstant("2016-12-31T23:59:60Z"), ParseInstant("2016-12-31T23:59:59Z"));
  for (const char* wrong :
       {"", "now", "2024-02-29", "2024-02-29T10:51:12", "2024-02-30T10:51:12Z", "2024-2-29T10:51:12Z",
        "2024-02-29T10:51Z", "2024-02-29T10:51:12.Z", "2024-02-29T10:51:12+0100", "2024-02-29T10:51:12+01:60",
        "2024-02-29T24:00:00Z", "2024-02-29T10:51:61Z", "2024-02-29T10:51:12Zx", "0000-01-01T00:00:00Z",
        "2024-00-01T00:00:00Z", "20240229T105112Z", " 2024-02-29T10:51:12Z"}) {
    EXPECT_FALSE(ParseInstant(wrong).has_value()) << wrong;
  }
}

TEST(Temporal, TimestampsKnowZones) {
  EXPECT_EQ(Stamp(0, 0, 0), "1970-01-01 00:00:00");
  EXPECT_EQ(Stamp(-1, 6, 0), "1969-12-31 23:59:59.999999");
  EXPECT_EQ(Stamp(1709200272'500000, 2, 3600), "2024-02-29 10:51:12.50");
  EXPECT_EQ(Stamp(kZeroTimestamp, 3, 3600), "0000-00-00 00:00:00.000");
}

TEST(Temporal, StoredDatesMayBeInNoCalendar) {
  EXPECT_FALSE(ParseDatetime("2023-02-31").has_value());
  EXPECT_EQ(Datetime(*ParseStoredDatetime("2023-02-31"), 0), "2023-02-31 00:00:00");
  EXPECT_EQ(Datetime(*ParseStoredDatetime("2023-00-00 01:02:03.5"), 1), "2023-00-00 01:02:03.5");
  EXPECT_FALSE(ParseStoredDatetime("2023-02-32").has_value());
}

TEST(Temporal, CalendarAgreesWithItself) {
  int64_t day = DaysFromCivil(1600, 1, 1);
  for (int i = 0; i < 400 * 366; ++i, ++day) {
    CivilTime t = CivilFromMicros(day * 86'400'000'000);
    ASSERT_EQ(DaysFromCivil(t.year, t.month, t.day), day);
    ASSERT_EQ(MicrosFromCivil(t), day * 86'400'000'000);
  }
  EXPECT_EQ(DaysFromCivil(1970, 1, 1), 0);
  EXPECT_EQ(DaysFromCivil(2000, 3, 1), 11017);
}

}  // namespace
}  // namespace cdc
