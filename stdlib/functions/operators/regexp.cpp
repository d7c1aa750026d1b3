#include "stdlib/functions/typing.h"
#include "stdlib/regex/pattern.h"

namespace cdc::functions {
namespace {

Failure RunRegexp(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(site.State<regex::Pattern>().Search(args[0].text()));
  return nullptr;
}

Binding BindRegexp(const std::vector<Argument>& args) {
  Binding binding;
  binding.result = BoolType(AnyNullable(args));
  binding.wanted = {AsText(args[0]), Type()};
  binding.code = &RunRegexp;
  binding.mistake = NeedText("regexp", args, 0);
  if (binding.mistake || args[1].type.kind == TypeKind::kNull) return binding;
  if (args[1].constant == nullptr || !IsText(args[1].type.kind)) {
    return Fail(105, 1, "the pattern of `regexp` must be written in the program", "a literal: `r'…'`");
  }
  Result<regex::Pattern> pattern = regex::Pattern::Compile(args[1].constant->text());
  if (!pattern.ok()) {
    Binding failed = Fail(113, 1, "this is no regular expression: " + pattern.error().message());
    failed.mistake->notes.push_back("patterns are RE2's: no look-around, no back-references");
    return failed;
  }
  binding.reads = 1;
  binding.state = std::make_shared<regex::Pattern>(std::move(pattern).value());
  return binding;
}

}  // namespace

const FunctionDef& Regexp() {
  static const FunctionDef def = {
      .name = "regexp",
      .family = "operator",
      .doc =
          "Whether some part of the text matches the regular expression (RE2). Upper and lower case differ "
          "unless "
          "the pattern starts with `(?i)`.",
      .parameters = {{"text"}, {"pattern"}},
      .result_rule = "bool",
      .checks_literals = true,
      .bind = &BindRegexp,
      .examples =
          {
              {{"'order-17'", "r'-\\d+$'"}, "true"},
              {{"'order'", "r'^\\d'"}, "false"},
              {{"'ORDER'", "r'(?i)order'"}, "true"},
              {{"null", "r'x'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
