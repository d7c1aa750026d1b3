#include "stdlib/functions/text/regex.h"

namespace cdc::functions {
namespace {

Failure RunRegexpLike(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(site.State<regex::Pattern>().Search(args[0].text()));
  return nullptr;
}

Binding BindRegexpLike(const std::vector<Argument>& args) {
  Binding binding = BindRegex("regexp_like", args, 2, &RunRegexpLike);
  bool known = binding.state != nullptr && (args.size() < 3 || args[2].type.kind != TypeKind::kNull);
  if (known) binding.reads = 1;
  binding.result = BoolType(AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& RegexpLike() {
  static const FunctionDef def = {
      .name = "regexp_like",
      .family = "text",
      .doc = "Whether some part of the text matches the regular expression (RE2): `text regexp pattern`, with flags.",
      .parameters = {{"text"}, {"pattern"}, {"flags", true}},
      .result_rule = "bool",
      .checks_literals = true,
      .bind = &BindRegexpLike,
      .examples =
          {
              {{"'order-17'", "'-[0-9]+$'"}, "true"},
              {{"'ORDER'", "'order'"}, "false"},
              {{"'ORDER'", "'order'", "'i'"}, "true"},
              {{"null", "'x'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
