#include "stdlib/core/number_text.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>

namespace cdc {
namespace {

template <typename Value>
std::string Text(char* (*write)(Value, char*), Value value) {
  char out[kPlainDoubleTextMax];
  return std::string(out, write(value, out));
}

TEST(NumberText, WritesIntegers) {
  EXPECT_EQ(Text(WriteInt, INT64_MIN), "-9223372036854775808");
  EXPECT_EQ(Text(WriteUint, UINT64_MAX), "18446744073709551615");
  uint64_t value = 1;
  for (int digits = 1; digits <= 19; ++digits, value *= 10) {
    EXPECT_EQ(Text(WriteUint, value), std::to_string(value));
    EXPECT_EQ(Text(WriteUint, value - 1), std::to_string(value - 1));
    EXPECT_EQ(Text(WriteInt, -static_cast<int64_t>(value)), "-" + std::to_string(value));
  }
  std::mt19937_64 random(1);
  for (int i = 0; i < 10000; ++i) {
    uint64_t number = random() >> (random() % 64);
    ASSERT_EQ(Text(WriteUint, number), std::to_string(number));
  }
  char out[kNumberTextMax];
  EXPECT_EQ(std::string(out, WriteUintPadded(7, 4, out)), "0007");
  EXPECT_EQ(std::string(out, WriteUintPadded(12345, 4, out)), "12345");
}

struct Forms {
  double value;
  const char *java, *mysql, *json, *plain;
};

TEST(NumberText, WritesDoublesInFourForms) {
  const Forms forms[] = {
      {0, "0.0", "0", "0.0", "0"},
      {-0.0, "-0.0", "-0", "-0.0", "-0"},
      {5, "5.0", "5", "5.0", "5"},
      {0.1, "0.1", "0.1", "0.1", "0.1"},
      {0.001, "0.001", "0.001", "0.001", "0.001"},
      {0.0001, "1.0E-4", "0.0001", "0.0001", "0.0001"},
      {10357, "10357.0", "10357", "10357.0", "10357"},
      {9999999, "9999999.0", "9999999", "9999999.0", "9999999"},
      {12510357, "1.2510357E7", "12510357", "12510357.0", "12510357"},
      {1e14, "1.0E14", "100000000000000", "100000000000000.0", "100000000000000"},
      {1e15, "1.0E15", "1e15", "1e15", "1000000000000000"},
      {1.8446744073709552e19, "1.8446744073709552E19", "1.8446744073709552e19", "1.8446744073709552e19",
       "18446744073709552000"},
      {-1.5e-20, "-1.5E-20", "-1.5e-20", "-1.5e-20", "-0.000000000000000000015"},
      {1e100, "1.0E100", "1e100", "1e100", nullptr},
      {5e-324, "4.9E-324", "5e-324", "5e-324", nullptr},
      {1.7976931348623157e308, "1.7976931348623157E308", "1.7976931348623157e308", "1.7976931348623157e308", nullptr},
  };
  for (const Forms& form : forms) {
    SCOPED_TRACE(form.mysql);
    EXPECT_EQ(Text(WriteJavaDouble, form.value), form.java);
    EXPECT_EQ(Text(WriteMySqlDouble, form.value), form.mysql);
    EXPECT_EQ(Text(WriteJsonDouble, form.value), form.json);
    if (form.plain != nullptr) {
      EXPECT_EQ(Text(WritePlainDouble, form.value), form.plain);
    }
  }
}

TEST(NumberText, WritesFloatsWithTheirOwnPrecision) {
  EXPECT_EQ(Text(WriteMySqlFloat, 1.1f), "1.1");
  EXPECT_EQ(Text(WriteMySqlFloat, 16777216.0f), "16777216");
  EXPECT_EQ(Text(WriteJavaFloat, 1.2510357E7f), "1.2510357E7");
  EXPECT_EQ(Text(WriteJavaFloat, 10357.0f), "10357.0");
  EXPECT_EQ(Text(WriteJavaFloat, 3.4028235e38f), "3.4028235E38");
  EXPECT_EQ(Text(WritePlainFloat, 1e-5f), "0.00001");
}

TEST(NumberText, PlainTextOfTheLargestAndSmallestDoubleFits) {
  EXPECT_EQ(Text(WritePlainDouble, 1.7976931348623157e308).size(), 309u);
  EXPECT_LE(Text(WritePlainDouble, -2.2250738585072014e-308).size(), kPlainDoubleTextMax);
}

TEST(NumberText, DoublesReadBack) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 20000; ++i) {
    uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof(value));
    if (!(value == value) || value - value != 0) continue;
    for (auto write : {WriteMySqlDouble, WriteJavaDouble, WriteJsonDouble}) {
      ASSERT_EQ(std::strtod(Text(write, value).c_str(), nullptr), value);
    }
  }
}

}  // namespace
}  // namespace cdc
