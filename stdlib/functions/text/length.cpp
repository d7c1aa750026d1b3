#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunLength(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(static_cast<int64_t>(args[0].text().size()));
  return nullptr;
}

Binding BindLength(const std::vector<Argument>& args) {
  Binding binding = BindStrings("length", args, 0, 1, &RunLength);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Length() {
  static const FunctionDef def = {
      .name = "length",
      .aliases = {"octet_length"},
      .family = "text",
      .doc = "Bytes of a text in UTF-8, or of a binary value. See `char_length`.",
      .parameters = {{"text"}},
      .result_rule = "bigint",
      .bind = &BindLength,
      .examples =
          {
              {{"'größe'"}, "7"},
              {{"''"}, "0"},
              {{"12345"}, "5"},
          },
  };
  return def;
}

}  // namespace cdc::functions
