#include <algorithm>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

bool IsCardDigit(char c) { return c >= '0' && c <= '9'; }

Failure RunMaskCard(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  constexpr int64_t kShown = 4, kDigitsMin = 12;
  std::string_view text = args[0].text();
  int64_t digits = std::count_if(text.begin(), text.end(), IsCardDigit);
  int64_t hidden = digits < kDigitsMin ? digits : digits - kShown;
  char* from = scratch->Allocate(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    bool separator = text[i] == ' ' || text[i] == '-';
    bool shown = separator || (IsCardDigit(text[i]) && hidden-- <= 0);
    from[i] = shown ? text[i] : '*';
  }
  *out = Value::Text({from, text.size()});
  return nullptr;
}

Binding BindMaskCard(const std::vector<Argument>& args) {
  Binding binding = BindStrings("mask_card", args, 0, 1, &RunMaskCard);
  if (!binding.mistake && ReadsAsBytes(args[0].type)) {
    binding.mistake = Mistake{106, 0, "`mask_card` needs text, and this is " + Quoted(args[0].type), "", {}};
  }
  // A character of several bytes becomes a star for each of them.
  binding.result =
      StringType(LengthMax(args[0]) * (IsTextual(args[0].type.kind) ? 4 : 1), false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& MaskCard() {
  static const FunctionDef def = {
      .name = "mask_card",
      .family = "privacy",
      .doc =
          "A card number with `*` for every digit but the last four; blanks and dashes stay. With fewer than 12 digits "
          "none is shown. Not in MySQL.",
      .parameters = {{"number"}},
      .result_rule = "varchar",
      .ends_sensitivity = true,
      .bind = &BindMaskCard,
      .examples =
          {
              {{"'4111 1111 1111 1234'"}, "'**** **** **** 1234'"},
              {{"'4111111111111234'"}, "'************1234'"},
              {{"4111111111111234"}, "'************1234'"},
              {{"'1234'"}, "'****'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
