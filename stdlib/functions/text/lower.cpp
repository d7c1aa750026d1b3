#include "stdlib/functions/text/letter_case.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunLower(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = MapLetters(args[0], &LowerCharacter, scratch);
  return nullptr;
}

Binding BindLower(const std::vector<Argument>& args) {
  Binding binding = BindStrings("lower", args, 0, 1, &RunLower);
  binding.result = StringType(LengthMax(args[0]), ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Lower() {
  static const FunctionDef def = {
      .name = "lower",
      .aliases = {"lcase"},
      .family = "text",
      .doc = "The text in lower case, letter by letter as Unicode maps them; bytes stay as they are.",
      .parameters = {{"text"}},
      .result_rule = "varchar of the same length",
      .bind = &BindLower,
      .examples =
          {
              {{"'ÄPFEL'"}, "'äpfel'"},
              {{"'Ж1'"}, "'ж1'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
