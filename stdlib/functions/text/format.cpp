#include <algorithm>

#include "stdlib/core/number_text.h"
#include "stdlib/functions/numeric/numbers.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

// Copies `digits[.fraction]` with a comma before every third digit from the point, and `places` after it.
char* WriteGrouped(std::string_view number, size_t places, char* out) {
  if (number.front() == '-') {
    *out++ = '-';
    number.remove_prefix(1);
  }
  std::string_view whole = number.substr(0, number.find('.'));
  std::string_view fraction = number.substr(std::min(whole.size() + 1, number.size()));
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) *out++ = ',';
    *out++ = whole[i];
  }
  if (places == 0) return out;
  *out++ = '.';
  for (size_t i = 0; i < places; ++i) *out++ = i < fraction.size() ? fraction[i] : '0';
  return out;
}

Failure RunFormat(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  int places = static_cast<int>(std::clamp<int64_t>(ClampedInteger(args[1]), 0, Decimal::kScaleMax));
  char plain[kPlainDoubleTextMax];
  char* end = plain;
  bool real = args[0].kind() == ValueKind::kDouble || args[0].kind() == ValueKind::kFloat;
  if (real) {
    end = WritePlainDouble(RoundReal(args[0].real(), places), plain);
  } else {
    end = DecimalOf(args[0]).Round(places).Write(plain);
  }
  std::string_view number(plain, static_cast<size_t>(end - plain));
  char* from = scratch->Allocate(number.size() * 2 + static_cast<size_t>(places) + 1);
  char* to = WriteGrouped(number, static_cast<size_t>(places), from);
  scratch->ShrinkLast(to);
  *out = Value::Text({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindFormat(const std::vector<Argument>& args) {
  Binding binding;
  binding.mistake = NeedNumber("format", args, 0);
  if (!binding.mistake) binding.mistake = NeedInteger("format", args, 1);
  binding.code = &RunFormat;
  bool real = IsReal(args[0].type.kind);
  uint64_t digits = real ? 310 : static_cast<uint64_t>(IntegerDigits(args[0])) + 1;
  binding.result = StringType(digits + digits / 3 + Decimal::kScaleMax + 3, false, AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& Format() {
  static const FunctionDef def = {
      .name = "format",
      .family = "text",
      .doc =
          "The number for people: commas between thousands and that many digits after the point, at most 30 (the form "
          "of en_US).",
      .parameters = {{"number"}, {"digits"}},
      .result_rule = "varchar",
      .bind = &BindFormat,
      .examples =
          {
              {{"1234567.891", "2"}, "'1,234,567.89'"},
              {{"-1234", "1"}, "'-1,234.0'"},
              {{"0.5", "0"}, "'1'"},
              {{"1e10", "0"}, "'10,000,000,000'"},
              {{"12", "-1"}, "'12'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
