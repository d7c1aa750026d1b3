#include "stdlib/functions/numeric/numbers.h"

namespace cdc::functions {
namespace {

Binding BindReveal(const std::vector<Argument>& args) {
  bool written = args[1].constant != nullptr && IsText(args[1].type.kind) && !args[1].constant->is_null() &&
                 !args[1].constant->text().empty();
  if (!written)
    return Fail(105, 1, "the reason of `reveal` is written in the program", "a literal: `'the law asks for it'`");
  Binding binding;
  binding.code = &Unchanged;
  binding.reads = 1;
  binding.result = args[0].type;
  return binding;
}

}  // namespace

const FunctionDef& Reveal() {
  static const FunctionDef def = {
      .name = "reveal",
      .family = "privacy",
      .doc = "The value as it is, no longer sensitive, for a reason that stands in the program. Not in MySQL.",
      .parameters = {{"value"}, {"reason"}},
      .result_rule = "the type of the value",
      .ends_sensitivity = true,
      .checks_literals = true,
      .bind = &BindReveal,
      .examples =
          {
              {{"'1234'", "'the last four digits may be shown'"}, "'1234'"},
              {{"7", "'a number'"}, "7"},
          },
  };
  return def;
}

}  // namespace cdc::functions
