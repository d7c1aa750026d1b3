#include "stdlib/core/decimal.h"

#include <gtest/gtest.h>

#include <random>

namespace cdc {
namespace {

Decimal D(std::string_view text) {
  std::optional<Decimal> value = Decimal::Parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Decimal());
}

const std::string kNines(65, '9');

TEST(Decimal, ReadsAndWritesCanonically) {
  EXPECT_EQ(D("0012.30").ToString(), "12.30");
  EXPECT_EQ(D("-0.00").ToString(), "0.00");
  EXPECT_EQ(D(".5").ToString(), "0.5");
  EXPECT_EQ(D("+7").ToString(), "7");
  EXPECT_EQ(D("1.5e3").ToString(), "1500");
  EXPECT_EQ(D("1.5e-3").ToString(), "0.0015");
  EXPECT_EQ(D("-1e-2").ToString(), "-0.01");
  EXPECT_EQ(D(kNines).ToString(), kNines);
  std::string small = "0." + std::string(29, '0') + "1";
  EXPECT_EQ(D(small).ToString(), small);
  EXPECT_EQ(D("0e99").ToString(), "0");
  for (const char* wrong : {"", "-", ".", "1.2.3", "abc", "1e", "1 ", "1e999", "0x1"}) {
    EXPECT_FALSE(Decimal::Parse(wrong).has_value()) << wrong;
  }
  EXPECT_FALSE(Decimal::Parse(std::string(81, '9')).has_value());
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  EXPECT_EQ(D("2.5").Round(0).ToString(), "3");
  EXPECT_EQ(D("-2.5").Round(0).ToString(), "-3");
  EXPECT_EQ(D("2.4999999999999999").Round(0).ToString(), "2");
  EXPECT_EQ(D("-0.4").Round(0).ToString(), "0");
  EXPECT_EQ(D("0.9999999999").Round(3).ToString(), "1.000");
  EXPECT_EQ(D("1.5").Round(4).ToString(), "1.5000");
  EXPECT_EQ(D("-1.99").Truncate(0).ToString(), "-1");
  EXPECT_EQ(D("-1.01").Floor().ToString(), "-2");
  EXPECT_EQ(D("-1.99").Ceil().ToString(), "-1");
  EXPECT_EQ(D("1.00").Floor().ToString(), "1");
}

TEST(Decimal, ComputesWithSixtyFiveDigits) {
  EXPECT_EQ(Decimal::Add(D(kNines), D("1")).ToString(), "1" + std::string(65, '0'));
  EXPECT_FALSE(Decimal::Add(D(kNines), D("1")).Fits(65));
  EXPECT_TRUE(D(kNines).Fits(65));
  EXPECT_EQ(Decimal::Subtract(D(kNines), D(kNines)).ToString(), "0");
  EXPECT_EQ(Decimal::Multiply(D(kNines), D(kNines)).ToString(),
            std::string(64, '9') + "8" + std::string(64, '0') + "1");
  EXPECT_EQ(Decimal::Divide(D(kNines), D(kNines), 4).ToString(), "1.0000");
  EXPECT_EQ(Decimal::Divide(D(kNines), D("0.000000000000000000000000000001"), 0).ToString(),
            kNines + std::string(30, '0'));
  EXPECT_EQ(Decimal::Divide(D("1"), D(kNines), 30).ToString(), "0." + std::string(30, '0'));
  EXPECT_EQ(Decimal::Modulo(D(kNines), D("1000000000000000000007")).ToString(), "999999999999999965706");
}

TEST(Decimal, DividesAndCompares) {
  EXPECT_EQ(Decimal::Divide(D("2"), D("3"), 4).ToString(), "0.6667");
  EXPECT_EQ(Decimal::Divide(D("-2"), D("3"), 4).ToString(), "-0.6667");
  EXPECT_EQ(Decimal::Divide(D("0.05"), D("-10.0"), 2).ToString(), "-0.01");
  EXPECT_EQ(Decimal::Divide(D("0.04"), D("-10.0"), 2).ToString(), "0.00");
  EXPECT_EQ(Decimal::Modulo(D("-7.5"), D("2")).ToString(), "-1.5");
  EXPECT_EQ(Decimal::IntegerDivide(D("-7.5"), D("2")).ToString(), "-3");
  EXPECT_EQ(Decimal::Compare(D("1.10"), D("1.1")), 0);
  EXPECT_EQ(Decimal::Compare(D("-2"), D("-1.9")), -1);
  EXPECT_EQ(Decimal::Compare(D("10"), D("9.99")), 1);
}

TEST(Decimal, ConvertsToIntegersAndReals) {
  EXPECT_EQ(D("9223372036854775807.4").ToInt(), INT64_MAX);
  EXPECT_FALSE(D("9223372036854775807.5").ToInt().has_value());
  EXPECT_EQ(D("-9223372036854775808").ToInt(), INT64_MIN);
  EXPECT_EQ(D("18446744073709551615").ToUint(), UINT64_MAX);
  EXPECT_FALSE(D("18446744073709551616").ToUint().has_value());
  EXPECT_FALSE(D("-1").ToUint().has_value());
  EXPECT_EQ(D("-0.1").ToDouble(), -0.1);
  EXPECT_EQ(Decimal::FromDouble(1.005, 2)->ToString(), "1.01");
  EXPECT_EQ(Decimal::FromDouble(-0.0, 1)->ToString(), "0.0");
  EXPECT_FALSE(Decimal::FromDouble(1e70, 0).has_value());
}

TEST(Decimal, AgreesWithWideIntegers) {
  std::mt19937_64 random(7);
  auto text = [](__int128 v) {
    bool negative = v < 0;
    std::string digits;
    for (unsigned __int128 rest = negative ? -static_cast<unsigned __int128>(v) : v; rest != 0; rest /= 10) {
      digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    }
    return digits.empty() ? "0" : (negative ? "-" : "") + digits;
  };
  for (int i = 0; i < 20000; ++i) {
    int64_t a = static_cast<int64_t>(random()) >> (random() % 60),
            b = static_cast<int64_t>(random()) >> (random() % 60);
    Decimal x = Decimal::FromInt(a), y = Decimal::FromInt(b);
    ASSERT_EQ(Decimal::Add(x, y).ToString(), text(static_cast<__int128>(a) + b));
    ASSERT_EQ(Decimal::Subtract(x, y).ToString(), text(static_cast<__int128>(a) - b));
    ASSERT_EQ(Decimal::Multiply(x, y).ToString(), text(static_cast<__int128>(a) * b));
    ASSERT_EQ(Decimal::Compare(x, y), a < b ? -1 : a > b ? 1 : 0);
    if (b == 0) continue;
    ASSERT_EQ(Decimal::IntegerDivide(x, y).ToString(), text(static_cast<__int128>(a) / b));
    ASSERT_EQ(Decimal::Modulo(x, y).ToString(), text(static_cast<__int128>(a) % b));
    __int128 product = static_cast<__int128>(a) * b;
    ASSERT_EQ(Decimal::IntegerDivide(D(text(product)), y).ToString(), text(a));
  }
}

TEST(Decimal, ComparesCanonicalTexts) {
  EXPECT_EQ(CompareDecimalText("1.10", "1.1"), 0);
  EXPECT_EQ(CompareDecimalText("1.10", "1"), 1);
  EXPECT_EQ(CompareDecimalText("1.00", "1"), 0);
  EXPECT_EQ(CompareDecimalText("-1.5", "-1.25"), -1);
  EXPECT_EQ(CompareDecimalText("10", "9"), 1);
  EXPECT_EQ(CompareDecimalText("0.00", "-0.01"), 1);
  EXPECT_EQ(CompareDecimalText("-2", "-2.01"), 1);
}

}  // namespace
}  // namespace cdc
