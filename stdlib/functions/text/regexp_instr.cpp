#include "stdlib/core/utf8.h"
#include "stdlib/functions/text/regex.h"

namespace cdc::functions {
namespace {

Failure RunRegexpInstr(const CallSite& site, const Value* args, size_t count, Value* out, Arena*) {
  std::optional<RegexPlace> place = PlaceOf(args, count, 2);
  std::string_view text = args[0].text(), found;
  bool behind = count > 4 && IsTrueValue(args[4]);
  *out = Value::Int(0);
  if (!place || !FindOccurrence(site.State<regex::Pattern>(), text, *place, &found)) return nullptr;
  size_t bytes = static_cast<size_t>(found.data() - text.data()) + (behind ? found.size() : 0);
  *out = Value::Int(static_cast<int64_t>(CountCharacters(text.substr(0, bytes))) + 1);
  return nullptr;
}

Binding BindRegexpInstr(const std::vector<Argument>& args) {
  Binding binding = BindRegex("regexp_instr", args, 5, &RunRegexpInstr);
  if (!binding.mistake) binding.mistake = NeedIntegers("regexp_instr", args, 2, 5);
  binding.result = BigIntType(false, AnyNullable(args));
  return binding;
}

}  // namespace

const FunctionDef& RegexpInstr() {
  static const FunctionDef def = {
      .name = "regexp_instr",
      .family = "text",
      .doc =
          "Where the part stands that matches the regular expression, counted from 1 (with `end` 1: where it ends); 0 "
          "if there is none.",
      .parameters = {{"text"}, {"pattern"}, {"position", true}, {"occurrence", true}, {"end", true}, {"flags", true}},
      .result_rule = "bigint",
      .checks_literals = true,
      .bind = &BindRegexpInstr,
      .examples =
          {
              {{"'ab 12 cd 34'", "'[0-9]+'"}, "4"},
              {{"'ab 12 cd 34'", "'[0-9]+'", "1", "2"}, "10"},
              {{"'ab 12 cd 34'", "'[0-9]+'", "1", "1", "1"}, "6"},
              {{"'größe 5'", "'[0-9]'"}, "7"},
              {{"'abc'", "'[0-9]'"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
