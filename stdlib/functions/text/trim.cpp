#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunTrim(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text();
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  *out = StringLike(args[0], text);
  return nullptr;
}

Binding BindTrim(const std::vector<Argument>& args) {
  Binding binding = BindStrings("trim", args, 0, 1, &RunTrim);
  binding.result = StringType(LengthMax(args[0]), ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Trim() {
  static const FunctionDef def = {
      .name = "trim",
      .family = "text",
      .doc = "The text without spaces at its ends; tabs and line ends stay, as in MySQL.",
      .parameters = {{"text"}},
      .result_rule = "varchar of the same length",
      .bind = &BindTrim,
      .examples =
          {
              {{"'  a b '"}, "'a b'"},
              {{"'   '"}, "''"},
          },
  };
  return def;
}

}  // namespace cdc::functions
