#include "stdlib/functions/text/regex.h"

namespace cdc::functions {
namespace {

Failure RunRegexpSubstr(const CallSite& site, const Value* args, size_t count, Value* out, Arena*) {
  std::optional<RegexPlace> place = PlaceOf(args, count, 2);
  std::string_view group;
  bool found = place && FindOccurrence(site.State<regex::Pattern>(), args[0].text(), *place, &group);
  *out = found ? Value::Text(group) : Value::Null();
  return nullptr;
}

Binding BindRegexpSubstr(const std::vector<Argument>& args) {
  Binding binding = BindRegex("regexp_substr", args, 4, &RunRegexpSubstr);
  if (!binding.mistake) binding.mistake = NeedIntegers("regexp_substr", args, 2, 4);
  binding.result = StringType(LengthMax(args[0]), false, true);
  return binding;
}

}  // namespace

const FunctionDef& RegexpSubstr() {
  static const FunctionDef def = {
      .name = "regexp_substr",
      .family = "text",
      .doc =
          "The part of the text that matches the regular expression: the first, or a later one, at or behind a "
          "position. NULL if there is none.",
      .parameters = {{"text"}, {"pattern"}, {"position", true}, {"occurrence", true}, {"flags", true}},
      .result_rule = "varchar of the same length, nullable",
      .checks_literals = true,
      .bind = &BindRegexpSubstr,
      .examples =
          {
              {{"'abc def ghi'", "'[a-z]+'"}, "'abc'"},
              {{"'abc def ghi'", "'[a-z]+'", "1", "3"}, "'ghi'"},
              {{"'abc def ghi'", "'[a-z]+'", "2"}, "'bc'"},
              {{"'abc'", "'[0-9]'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
