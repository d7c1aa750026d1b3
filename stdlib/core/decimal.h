#pragma once

// Exact decimal numbers with MySQL's limits: 65 digits, 30 of them after the point. Arithmetic works on a
// binary integer of up to 512 bits and a scale, enough for every product and quotient of two such numbers
// before rounding.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cdc {

class Decimal {
 public:
  static constexpr int kDigitsMax = 65;
  static constexpr int kScaleMax = 30;
  // Bytes that Write() may need: sign, `0.`, digits.
  static constexpr size_t kTextMax = 160;

  Decimal() = default;
  static Decimal FromInt(int64_t value);
  static Decimal FromUint(uint64_t value);
  // Reads `[+-]digits[.digits][e[+-]digits]`, rounded to 40 digits after the point; nothing if the text is
  // something else, has more than 80 digits before the point, or more than 120 in all.
  static std::optional<Decimal> Parse(std::string_view text);
  // Rounds a double to `scale` digits, from its shortest text. Nothing if it has more than 65 digits, inf or
  // NaN.
  static std::optional<Decimal> FromDouble(double value, int scale);

  int scale() const { return scale_; }
  bool negative() const { return negative_; }
  bool is_zero() const { return count_ == 0; }
  // Digits before the point, 0 for |value| < 1.
  int IntegerDigits() const;
  // Whether it fits decimal(precision, scale()) as it is.
  bool Fits(int precision) const { return IntegerDigits() <= precision - scale_; }

  // With `scale` digits after the point; rounded half away from zero, or cut.
  Decimal Round(int scale) const;
  Decimal Truncate(int scale) const;
  // The nearest integer not above / not below, scale 0.
  Decimal Floor() const;
  Decimal Ceil() const;
  Decimal Negate() const;

  static Decimal Add(const Decimal& a, const Decimal& b);
  static Decimal Subtract(const Decimal& a, const Decimal& b) { return Add(a, b.Negate()); }
  // Exact; scale is the sum of both.
  static Decimal Multiply(const Decimal& a, const Decimal& b);
  // Rounded half away from zero to `scale`. Requires: b is not zero; scale <= 40.
  static Decimal Divide(const Decimal& a, const Decimal& b, int scale);
  // Remainder with the sign of `a`; scale is the larger one. Requires: b is not zero.
  static Decimal Modulo(const Decimal& a, const Decimal& b);
  // The integral part of a / b, scale 0. Requires: b is not zero.
  static Decimal IntegerDivide(const Decimal& a, const Decimal& b);
  // Below, equal, above: -1, 0, 1.
  static int Compare(const Decimal& a, const Decimal& b);

  // Rounded half away from zero; nothing if out of range.
  std::optional<int64_t> ToInt() const;
  std::optional<uint64_t> ToUint() const;
  double ToDouble() const;

  // Writes the canonical text (value.h) and returns its end. Requires: `out` has kTextMax bytes.
  char* Write(char* out) const;
  std::string ToString() const;

 private:
  static constexpr int kLimbs = 16;
  void MultiplyAdd(uint32_t factor, uint32_t addend);
  uint32_t DivideSmall(uint32_t divisor);
  void ScaleUp(int digits);
  bool ScaleDown(int digits);  // returns whether what was cut is at least one half
  void Trim();
  static int CompareMagnitude(const Decimal& a, const Decimal& b);
  static void AddMagnitude(Decimal* to, const Decimal& b);
  static void SubtractMagnitude(Decimal* to, const Decimal& b);
  static void DivideMagnitude(const Decimal& a, const Decimal& b, Decimal* quotient, Decimal* remainder);
  // The whole quotient and the remainder, both without sign; the remainder has the scale that is returned.
  static int DivideAligned(const Decimal& a, const Decimal& b, Decimal* quotient, Decimal* remainder);
  void Increment();
  std::optional<Decimal> AtScale(int scale, int digits) const;

  std::array<uint32_t, kLimbs> limbs_;  // little end first; only the first count_ have a value
  int8_t count_ = 0;
  uint8_t scale_ = 0;
  bool negative_ = false;
};

// Compares two canonical decimal texts without arithmetic: -1, 0, 1.
int CompareDecimalText(std::string_view a, std::string_view b);

}  // namespace cdc
