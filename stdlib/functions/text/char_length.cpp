#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunCharLength(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Int(static_cast<int64_t>(LengthOf(args[0])));
  return nullptr;
}

Binding BindCharLength(const std::vector<Argument>& args) {
  Binding binding = BindStrings("char_length", args, 0, 1, &RunCharLength);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& CharLength() {
  static const FunctionDef def = {
      .name = "char_length",
      .aliases = {"character_length"},
      .family = "text",
      .doc = "Characters of a text, bytes of a binary value.",
      .parameters = {{"text"}},
      .result_rule = "bigint",
      .bind = &BindCharLength,
      .examples =
          {
              {{"'größe'"}, "5"},
              {{"'日本語'"}, "3"},
              {{"x'0102'"}, "2"},
          },
  };
  return def;
}

}  // namespace cdc::functions
