#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunRtrim(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text();
  *out = StringLike(args[0], text.substr(0, text.find_last_not_of(' ') + 1));
  return nullptr;
}

Binding BindRtrim(const std::vector<Argument>& args) {
  Binding binding = BindStrings("rtrim", args, 0, 1, &RunRtrim);
  binding.result = StringTypeLike(args[0], LengthMax(args[0]), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Rtrim() {
  static const FunctionDef def = {
      .name = "rtrim",
      .family = "text",
      .doc = "The text without spaces at its end.",
      .parameters = {{"text"}},
      .result_rule = "varchar of the same length",
      .bind = &BindRtrim,
      .examples =
          {
              {{"' a b  '"}, "' a b'"},
              {{"'   '"}, "''"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
