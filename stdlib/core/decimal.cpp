#include "stdlib/core/decimal.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "stdlib/core/check.h"
#include "stdlib/core/number_text.h"

namespace cdc {
namespace {

constexpr uint32_t kPowers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
constexpr int kTextDigitsMax = 120;
// What leaves Parse(): room for every later operation within the limbs.
constexpr int kParseDigitsMax = 80;
constexpr int kParseScaleMax = 40;

int DigitsOf(uint32_t value) {
  int digits = 0;
  for (; value != 0; value /= 10) ++digits;
  return digits;
}

}  // namespace

void Decimal::Trim() {
  while (count_ > 0 && limbs_[count_ - 1] == 0) --count_;
  if (count_ == 0) negative_ = false;
}

void Decimal::MultiplyAdd(uint32_t factor, uint32_t addend) {
  uint64_t carry = addend;
  for (int i = 0; i < count_; ++i) {
    carry += uint64_t{limbs_[i]} * factor;
    limbs_[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) {
    CHECK(count_ < kLimbs);
    limbs_[count_++] = static_cast<uint32_t>(carry);
  }
}

uint32_t Decimal::DivideSmall(uint32_t divisor) {
  uint64_t rest = 0;
  for (int i = count_ - 1; i >= 0; --i) {
    rest = rest << 32 | limbs_[i];
    limbs_[i] = static_cast<uint32_t>(rest / divisor);
    rest %= divisor;
  }
  while (count_ > 0 && limbs_[count_ - 1] == 0) --count_;
  return static_cast<uint32_t>(rest);
}

void Decimal::ScaleUp(int digits) {
  for (; digits >= 9; digits -= 9) MultiplyAdd(kPowers[9], 0);
  if (digits > 0) MultiplyAdd(kPowers[digits], 0);
}

bool Decimal::ScaleDown(int digits) {
  // The first digit that is cut decides the rounding.
  for (; digits > 9; digits -= 9) DivideSmall(kPowers[9]);
  uint32_t rest = DivideSmall(kPowers[digits]);
  return digits > 0 && rest / kPowers[digits - 1] >= 5;
}

void Decimal::Increment() {
  for (int i = 0; i < count_; ++i) {
    if (++limbs_[i] != 0) return;
  }
  limbs_[count_++] = 1;
}

Decimal Decimal::FromUint(uint64_t value) {
  Decimal result;
  for (; value != 0; value >>= 32) result.limbs_[result.count_++] = static_cast<uint32_t>(value);
  return result;
}

Decimal Decimal::FromInt(int64_t value) {
  Decimal result = FromUint(value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value));
  result.negative_ = value < 0;
  return result;
}

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  Decimal result;
  size_t at = 0;
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) negative = text[at++] == '-';
  int digits = 0, scale = 0, significant = 0;
  bool point = false;
  uint32_t chunk = 0;
  int chunk_digits = 0;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    ++digits;
    if (point) ++scale;
    if (c != '0' || significant > 0) ++significant;
    if (significant > kTextDigitsMax || scale > kTextDigitsMax) return std::nullopt;
    chunk = chunk * 10 + static_cast<uint32_t>(c - '0');
    if (++chunk_digits == 9) {
      result.MultiplyAdd(kPowers[9], chunk);
      chunk = 0;
      chunk_digits = 0;
    }
  }
  if (chunk_digits > 0) result.MultiplyAdd(kPowers[chunk_digits], chunk);
  if (digits == 0) return std::nullopt;
  int exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && text[at] == '+') ++at;
    auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
    if (error != std::errc() || std::abs(exponent) > 2 * kTextDigitsMax) return std::nullopt;
    at = static_cast<size_t>(end - text.data());
  }
  if (at != text.size()) return std::nullopt;
  result.negative_ = negative;
  result.Trim();
  return result.AtScale(scale - exponent, significant);
}

// Ends Parse(): an integer with the point `scale` digits from its right end, which may lie beyond either end.
std::optional<Decimal> Decimal::AtScale(int scale, int digits) const {
  Decimal result = *this;
  if (result.is_zero()) scale = scale < 0 ? 0 : scale;
  if (digits - scale > kParseDigitsMax) return std::nullopt;
  if (scale < 0) {
    result.ScaleUp(-scale);
    scale = 0;
  }
  if (scale > kParseScaleMax) {
    if (result.ScaleDown(scale - kParseScaleMax)) result.Increment();
    scale = kParseScaleMax;
  }
  result.scale_ = static_cast<uint8_t>(scale);
  result.Trim();
  return result;
}

std::optional<Decimal> Decimal::FromDouble(double value, int scale) {
  if (!std::isfinite(value) || std::fabs(value) >= 1e66) return std::nullopt;
  char text[kNumberTextMax];
  char* end = WriteMySqlDouble(value, text);
  std::optional<Decimal> exact = Parse({text, static_cast<size_t>(end - text)});
  if (!exact) return std::nullopt;
  Decimal rounded = exact->Round(scale);
  if (!rounded.Fits(kDigitsMax)) return std::nullopt;
  return rounded;
}

int Decimal::IntegerDigits() const {
  if (count_ == 0) return 0;
  Decimal whole = Truncate(0);
  int digits = 0;
  while (whole.count_ > 1) {
    whole.DivideSmall(kPowers[9]);
    digits += 9;
  }
  return whole.count_ == 0 ? digits : digits + DigitsOf(whole.limbs_[0]);
}

Decimal Decimal::Truncate(int scale) const {
  Decimal result = *this;
  if (scale > scale_) {
    result.ScaleUp(scale - scale_);
  } else if (scale < scale_) {
    result.ScaleDown(scale_ - scale);
  }
  result.scale_ = static_cast<uint8_t>(scale);
  result.Trim();
  return result;
}

Decimal Decimal::Round(int scale) const {
  if (scale >= scale_) return Truncate(scale);
  Decimal result = *this;
  bool up = result.ScaleDown(scale_ - scale);
  if (up) result.Increment();
  result.scale_ = static_cast<uint8_t>(scale);
  result.Trim();
  return result;
}

Decimal Decimal::Floor() const {
  Decimal whole = Truncate(0);
  if (!negative_ || Compare(whole, *this) == 0) return whole;
  return Subtract(whole, FromInt(1));
}

Decimal Decimal::Ceil() const { return Negate().Floor().Negate(); }

Decimal Decimal::Negate() const {
  Decimal result = *this;
  result.negative_ = !negative_ && count_ > 0;
  return result;
}

int Decimal::CompareMagnitude(const Decimal& a, const Decimal& b) {
  if (a.count_ != b.count_) return a.count_ < b.count_ ? -1 : 1;
  for (int i = a.count_ - 1; i >= 0; --i) {
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] < b.limbs_[i] ? -1 : 1;
  }
  return 0;
}

void Decimal::AddMagnitude(Decimal* to, const Decimal& b) {
  uint64_t carry = 0;
  int n = to->count_ > b.count_ ? to->count_ : b.count_;
  for (int i = 0; i < n; ++i) {
    carry += (i < to->count_ ? to->limbs_[i] : 0);
    carry += (i < b.count_ ? b.limbs_[i] : 0);
    to->limbs_[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  to->count_ = static_cast<int8_t>(n);
  if (carry != 0) {
    CHECK(n < kLimbs);
    to->limbs_[to->count_++] = static_cast<uint32_t>(carry);
  }
}

void Decimal::SubtractMagnitude(Decimal* to, const Decimal& b) {
  int64_t borrow = 0;
  for (int i = 0; i < to->count_; ++i) {
    int64_t difference = int64_t{to->limbs_[i]} - (i < b.count_ ? b.limbs_[i] : 0) + borrow;
    to->limbs_[i] = static_cast<uint32_t>(difference);
    borrow = difference < 0 ? -1 : 0;
  }
  while (to->count_ > 0 && to->limbs_[to->count_ - 1] == 0) --to->count_;
}

Decimal Decimal::Add(const Decimal& a, const Decimal& b) {
  Decimal left = a, right = b;
  if (left.scale_ < right.scale_) {
    left.ScaleUp(right.scale_ - left.scale_);
    left.scale_ = right.scale_;
  } else {
    right.ScaleUp(left.scale_ - right.scale_);
  }
  if (left.negative_ == right.negative_) {
    AddMagnitude(&left, right);
  } else if (CompareMagnitude(left, right) >= 0) {
    SubtractMagnitude(&left, right);
  } else {
    right.scale_ = left.scale_;
    SubtractMagnitude(&right, left);
    left = right;
  }
  left.Trim();
  return left;
}

Decimal Decimal::Multiply(const Decimal& a, const Decimal& b) {
  Decimal result;
  result.scale_ = static_cast<uint8_t>(a.scale_ + b.scale_);
  if (a.count_ == 0 || b.count_ == 0) return result;
  CHECK(a.count_ + b.count_ <= kLimbs);
  std::memset(result.limbs_.data(), 0, static_cast<size_t>(a.count_ + b.count_) * sizeof(uint32_t));
  for (int i = 0; i < a.count_; ++i) {
    uint64_t carry = 0;
    for (int j = 0; j < b.count_; ++j) {
      carry += uint64_t{a.limbs_[i]} * b.limbs_[j] + result.limbs_[i + j];
      result.limbs_[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    result.limbs_[i + b.count_] = static_cast<uint32_t>(carry);
  }
  result.count_ = static_cast<int8_t>(a.count_ + b.count_);
  result.negative_ = a.negative_ != b.negative_;
  result.Trim();
  return result;
}

// Schoolbook division, bit by bit beyond one limb: divisors of more than nine digits are rare.
void Decimal::DivideMagnitude(const Decimal& a, const Decimal& b, Decimal* quotient, Decimal* remainder) {
  *quotient = a;
  *remainder = Decimal();
  if (b.count_ == 1) {
    uint32_t rest = quotient->DivideSmall(b.limbs_[0]);
    if (rest != 0) {
      remainder->limbs_[0] = rest;
      remainder->count_ = 1;
    }
    return;
  }
  for (int bit = a.count_ * 32 - 1; bit >= 0; --bit) {
    AddMagnitude(remainder, *remainder);
    if ((a.limbs_[bit / 32] >> (bit % 32) & 1) != 0) {
      if (remainder->count_ == 0) remainder->limbs_[remainder->count_++] = 0;
      remainder->limbs_[0] |= 1;
    }
    bool fits = CompareMagnitude(*remainder, b) >= 0;
    if (fits) SubtractMagnitude(remainder, b);
    uint32_t mask = uint32_t{1} << (bit % 32);
    quotient->limbs_[bit / 32] = fits ? quotient->limbs_[bit / 32] | mask : quotient->limbs_[bit / 32] & ~mask;
  }
  while (quotient->count_ > 0 && quotient->limbs_[quotient->count_ - 1] == 0) --quotient->count_;
}

Decimal Decimal::Divide(const Decimal& a, const Decimal& b, int scale) {
  CHECK(!b.is_zero());
  Decimal numerator = a, denominator = b;
  int shift = scale + b.scale_ - a.scale_;
  if (shift >= 0) {
    numerator.ScaleUp(shift);
  } else {
    denominator.ScaleUp(-shift);
  }
  Decimal quotient, remainder;
  DivideMagnitude(numerator, denominator, &quotient, &remainder);
  AddMagnitude(&remainder, remainder);
  if (CompareMagnitude(remainder, denominator) >= 0) quotient.Increment();
  quotient.scale_ = static_cast<uint8_t>(scale);
  quotient.negative_ = a.negative_ != b.negative_;
  quotient.Trim();
  return quotient;
}

int Decimal::DivideAligned(const Decimal& a, const Decimal& b, Decimal* quotient, Decimal* remainder) {
  CHECK(!b.is_zero());
  const int scale = a.scale_ > b.scale_ ? a.scale_ : b.scale_;
  Decimal numerator = a, denominator = b;
  numerator.ScaleUp(scale - a.scale_);
  denominator.ScaleUp(scale - b.scale_);
  DivideMagnitude(numerator, denominator, quotient, remainder);
  return scale;
}

Decimal Decimal::Modulo(const Decimal& a, const Decimal& b) {
  Decimal quotient, remainder;
  const int scale = DivideAligned(a, b, &quotient, &remainder);
  remainder.scale_ = static_cast<uint8_t>(scale);
  remainder.negative_ = a.negative_;
  remainder.Trim();
  return remainder;
}

Decimal Decimal::IntegerDivide(const Decimal& a, const Decimal& b) {
  Decimal quotient, remainder;
  DivideAligned(a, b, &quotient, &remainder);
  quotient.scale_ = 0;
  quotient.negative_ = a.negative_ != b.negative_;
  quotient.Trim();
  return quotient;
}

int Decimal::Compare(const Decimal& a, const Decimal& b) {
  if (a.negative_ != b.negative_) return a.negative_ ? -1 : 1;
  Decimal left = a, right = b;
  if (left.scale_ < right.scale_) {
    left.ScaleUp(right.scale_ - left.scale_);
  } else {
    right.ScaleUp(left.scale_ - right.scale_);
  }
  int order = CompareMagnitude(left, right);
  return a.negative_ ? -order : order;
}

std::optional<uint64_t> Decimal::ToUint() const {
  Decimal whole = Round(0);
  if (whole.negative_ || whole.count_ > 2) return std::nullopt;
  uint64_t value = whole.count_ > 1 ? uint64_t{whole.limbs_[1]} << 32 : 0;
  return whole.count_ > 0 ? value | whole.limbs_[0] : value;
}

std::optional<int64_t> Decimal::ToInt() const {
  Decimal whole = Round(0);
  bool negative = whole.negative_;
  whole.negative_ = false;
  std::optional<uint64_t> magnitude = whole.ToUint();
  if (!magnitude || *magnitude > (uint64_t{1} << 63) - (negative ? 0 : 1)) return std::nullopt;
  return static_cast<int64_t>(negative ? 0 - *magnitude : *magnitude);
}

double Decimal::ToDouble() const {
  char text[kTextMax];
  char* end = Write(text);
  double value = 0;
  std::from_chars(text, end, value);
  return value;
}

char* Decimal::Write(char* out) const {
  char digits[kTextMax];
  char* at = digits + sizeof(digits);
  Decimal rest = *this;
  while (rest.count_ > 0) {
    uint32_t chunk = rest.DivideSmall(kPowers[9]);
    at -= 9;
    WriteUintPadded(chunk, 9, at);
  }
  char* end = digits + sizeof(digits);
  while (at != end && *at == '0') ++at;
  if (negative_) *out++ = '-';
  int count = static_cast<int>(end - at);
  int whole = count - scale_;
  if (whole <= 0) {
    *out++ = '0';
  } else {
    std::memcpy(out, at, static_cast<size_t>(whole));
    out += whole;
    at += whole;
  }
  if (scale_ == 0) return out;
  *out++ = '.';
  for (int zeros = whole; zeros < 0; ++zeros) *out++ = '0';
  std::memcpy(out, at, static_cast<size_t>(end - at));
  return out + (end - at);
}

std::string Decimal::ToString() const {
  char text[kTextMax];
  return std::string(text, Write(text));
}

int CompareDecimalText(std::string_view a, std::string_view b) {
  bool a_negative = !a.empty() && a[0] == '-';
  bool b_negative = !b.empty() && b[0] == '-';
  if (a_negative != b_negative) return a_negative ? -1 : 1;
  if (a_negative) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  int sign = a_negative ? -1 : 1;
  size_t a_whole = a.find('.') == a.npos ? a.size() : a.find('.');
  size_t b_whole = b.find('.') == b.npos ? b.size() : b.find('.');
  if (a_whole != b_whole) return a_whole < b_whole ? -sign : sign;
  size_t common = a.size() < b.size() ? a.size() : b.size();
  int order = std::memcmp(a.data(), b.data(), common);
  if (order != 0) return order < 0 ? -sign : sign;
  // One is a prefix of the other: further digits count unless they are zeros.
  std::string_view rest = a.size() > common ? a.substr(common) : b.substr(common);
  bool more = rest.find_first_not_of(".0") != rest.npos;
  if (!more) return 0;
  return a.size() > common ? sign : -sign;
}

}  // namespace cdc
