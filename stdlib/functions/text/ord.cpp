#include "stdlib/core/utf8.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunOrd(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view text = args[0].text();
  size_t size = args[0].kind() == ValueKind::kBytes ? std::min<size_t>(text.size(), 1) : OffsetOfCharacter(text, 1);
  int64_t number = 0;
  for (char byte : text.substr(0, size)) number = number << 8 | static_cast<unsigned char>(byte);
  *out = Value::Int(number);
  return nullptr;
}

Binding BindOrd(const std::vector<Argument>& args) {
  Binding binding = BindStrings("ord", args, 0, 1, &RunOrd);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Ord() {
  static const FunctionDef def = {
      .name = "ord",
      .family = "text",
      .doc = "The UTF-8 bytes of the first character as one number, 0 if the text is empty.",
      .parameters = {{"text"}},
      .result_rule = "bigint",
      .bind = &BindOrd,
      .examples =
          {
              {{"'A'"}, "65"},
              {{"'é'"}, "50089"},
              {{"''"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
