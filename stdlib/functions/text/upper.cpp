#include "stdlib/functions/text/letter_case.h"
#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunUpper(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  *out = MapLetters(args[0], &UpperCharacter, scratch);
  return nullptr;
}

Binding BindUpper(const std::vector<Argument>& args) {
  Binding binding = BindStrings("upper", args, 0, 1, &RunUpper);
  binding.result = StringType(LengthMax(args[0]), ReadsAsBytes(args[0].type), binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& Upper() {
  static const FunctionDef def = {
      .name = "upper",
      .aliases = {"ucase"},
      .family = "text",
      .doc = "The text in upper case, letter by letter as Unicode maps them; bytes stay as they are.",
      .parameters = {{"text"}},
      .result_rule = "varchar of the same length",
      .bind = &BindUpper,
      .examples =
          {
              {{"'äpfel'"}, "'ÄPFEL'"},
              {{"'straße'"}, "'STRAßE'"},
              {{"x'6162'"}, "x'6162'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
