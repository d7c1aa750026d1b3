#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunLtrim(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text();
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  *out = StringLike(args[0], text);
  return nullptr;
}

Binding BindLtrim(const std::vector<Argument>& args) {
  Binding binding = BindStrings("ltrim", args, 0, 1, &RunLtrim);
  binding.result = StringTypeLike(args[0], LengthMax(args[0]), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Ltrim() {
  static const FunctionDef def = {
      .name = "ltrim",
      .family = "text",
      .doc = "The text without spaces at its start.",
      .parameters = {{"text"}},
      .result_rule = "varchar of the same length",
      .bind = &BindLtrim,
      .examples =
          {
              {{"'  a b '"}, "'a b '"},
              {{"'   '"}, "''"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
