#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunAscii(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text();
  *out = Value::Int(text.empty() ? 0 : static_cast<unsigned char>(text.front()));
  return nullptr;
}

Binding BindAscii(const std::vector<Argument>& args) {
  Binding binding = BindStrings("ascii", args, 0, 1, &RunAscii);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Ascii() {
  static const FunctionDef def = {
      .name = "ascii",
      .family = "text",
      .doc = "The first byte of the text as a number, 0 if it is empty.",
      .parameters = {{"text"}},
      .result_rule = "bigint",
      .bind = &BindAscii,
      .examples =
          {
              {{"'A'"}, "65"},
              {{"'é'"}, "195"},
              {{"''"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
