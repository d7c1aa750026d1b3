#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

std::string_view UpTo(std::string_view text, std::string_view delimiter, int64_t count) {
  size_t at = 0;
  for (;; at += delimiter.size()) {
    at = text.find(delimiter, at);
    if (at == text.npos) return text;
    if (--count == 0) return text.substr(0, at);
  }
}

std::string_view LastParts(std::string_view text, std::string_view delimiter, int64_t count) {
  size_t end = text.size();
  for (; count > 0; --count) {
    if (end < delimiter.size()) return text;
    size_t at = text.rfind(delimiter, end - delimiter.size());
    if (at == text.npos) return text;
    if (count == 1) return text.substr(at + delimiter.size());
    end = at;
  }
  return text;
}

Failure RunSubstringIndex(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text(), delimiter = args[1].text();
  int64_t count = ClampedInteger(args[2]);
  std::string_view part;
  if (!delimiter.empty() && count > 0) part = UpTo(text, delimiter, count);
  if (!delimiter.empty() && count < 0) part = LastParts(text, delimiter, count == INT64_MIN ? INT64_MAX : -count);
  *out = StringLike(args[0], part);
  return nullptr;
}

Binding BindSubstringIndex(const std::vector<Argument>& args) {
  Binding binding = BindStrings("substring_index", args, 0, 2, &RunSubstringIndex);
  if (!binding.mistake) binding.mistake = NeedInteger("substring_index", args, 2);
  binding.result = StringTypeLike(args[0], LengthMax(args[0]), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& SubstringIndex() {
  static const FunctionDef def = {
      .name = "substring_index",
      .family = "text",
      .doc =
          "What stands before the `count`-th delimiter; of a negative count, what stands behind it, counted from the "
          "end. The whole text where there are fewer.",
      .parameters = {{"text"}, {"delimiter"}, {"count"}},
      .result_rule = "varchar of the same length",
      .bind = &BindSubstringIndex,
      .examples =
          {
              {{"'www.example.com'", "'.'", "2"}, "'www.example'"},
              {{"'www.example.com'", "'.'", "-2"}, "'example.com'"},
              {{"'www.example.com'", "'.'", "9"}, "'www.example.com'"},
              {{"'abc'", "''", "1"}, "''"},
              {{"'abc'", "'b'", "0"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
