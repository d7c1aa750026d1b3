#include "stdlib/functions/numeric/bases.h"

#include <cmath>
#include <cstdlib>

namespace cdc::functions {
namespace {

int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 36;
}

}  // namespace

// Source: my_strntoull_8bit() and my_strntoll_8bit() in MySQL's strings/ctype-simple.cc.
uint64_t ReadInBase(std::string_view text, int base) {
  bool is_signed = base < 0;
  unsigned radix = static_cast<unsigned>(std::abs(base));
  while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r'))) {
    text.remove_prefix(1);
  }
  bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  unsigned __int128 number = 0;
  for (char c : text) {
    unsigned digit = static_cast<unsigned>(DigitValue(c));
    if (digit >= radix) break;
    number = number * radix + digit;
    if (number > UINT64_MAX) return is_signed ? (negative ? uint64_t{1} << 63 : INT64_MAX) : UINT64_MAX;
  }
  uint64_t magnitude = static_cast<uint64_t>(number);
  constexpr uint64_t kLowest = uint64_t{1} << 63;
  if (is_signed && negative && magnitude > kLowest) return kLowest;
  if (is_signed && !negative && magnitude > INT64_MAX) return INT64_MAX;
  return negative ? 0 - magnitude : magnitude;
}

Value InBase(uint64_t number, int base, Arena* scratch) {
  constexpr size_t kDigitsMax = 65;
  bool negative = base < 0 && static_cast<int64_t>(number) < 0;
  uint64_t rest = negative ? 0 - number : number;
  uint64_t radix = static_cast<uint64_t>(std::abs(base));
  char* digits = scratch->Allocate(kDigitsMax);
  size_t at = kDigitsMax;
  do {
    digits[--at] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % radix];
    rest /= radix;
  } while (rest != 0);
  if (negative) digits[--at] = '-';
  return Value::Text({digits + at, kDigitsMax - at});
}

uint64_t WholeBits(const Value& number) {
  switch (number.kind()) {
    case ValueKind::kInt:
    case ValueKind::kUint:
      return number.unsigned_integer();
    case ValueKind::kDecimal: {
      Decimal whole = DecimalOf(number).Truncate(0);
      uint64_t magnitude = (whole.negative() ? whole.Negate() : whole).ToUint().value_or(UINT64_MAX);
      bool fits = magnitude != UINT64_MAX;
      return whole.negative() && fits ? 0 - magnitude : magnitude;
    }
    default:
      break;
  }
  double whole = std::trunc(number.real());
  if (!(std::fabs(whole) < 18446744073709551616.0)) return UINT64_MAX;
  uint64_t magnitude = static_cast<uint64_t>(std::fabs(whole));
  return whole < 0 ? 0 - magnitude : magnitude;
}

Binding BindBase(std::string_view function, const std::vector<Argument>& args, Code code) {
  Binding binding;
  binding.mistake = NeedNumbers(function, args);
  binding.code = code;
  binding.result = StringType(65, false, AnyNullable(args));
  return binding;
}

}  // namespace cdc::functions
