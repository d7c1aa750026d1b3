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

// As MySQL counts in texts of several bytes a character: the delimiters are those found from the left.
std::string_view LastParts(std::string_view text, std::string_view delimiter, int64_t count) {
  int64_t skipped = 1 - count;
  for (size_t at = text.find(delimiter); at != text.npos; at = text.find(delimiter, at + delimiter.size())) ++skipped;
  if (skipped <= 0) return text;
  size_t at = text.find(delimiter);
  for (; skipped > 1; --skipped) at = text.find(delimiter, at + delimiter.size());
  return text.substr(at + delimiter.size());
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
              {{"'aaaaa'", "'aa'", "-2"}, "'aaa'"},
              {{"'abc'", "'x'", "-1"}, "'abc'"},
              {{"'abc'", "''", "1"}, "''"},
              {{"'abc'", "'b'", "0"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
