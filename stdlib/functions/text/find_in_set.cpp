#include "stdlib/functions/conversion/converters.h"
#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunFindInSet(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::string_view wanted = args[0].text(), rest = args[1].text();
  int64_t number = 0;
  bool possible = !rest.empty() && wanted.find(',') == wanted.npos;
  for (int64_t at = 1; possible; ++at) {
    size_t comma = rest.find(',');
    if (rest.substr(0, comma) == wanted) number = at;
    possible = number == 0 && comma != rest.npos;
    if (possible) rest.remove_prefix(comma + 1);
  }
  *out = Value::Int(number);
  return nullptr;
}

// Of a SET column MySQL says which of its labels it is, not which of those that are set.
Failure RunFindLabel(const CallSite& site, const Value* args, size_t, Value* out, Arena*) {
  uint64_t number = site.State<uint64_t>();
  bool set = number > 0 && number <= 64 && (args[1].unsigned_integer() >> (number - 1) & 1) != 0;
  *out = Value::Int(set ? static_cast<int64_t>(number) : 0);
  return nullptr;
}

Binding BindFindInSet(const std::vector<Argument>& args) {
  Binding binding = BindSearch("find_in_set", args, &RunFindInSet);
  const Value* label = args[0].constant;
  bool of_column = args[1].type.kind == TypeKind::kSet && label != nullptr && label->kind() == ValueKind::kText;
  if (!of_column || binding.mistake) return binding;
  binding.wanted[1] = Type();
  binding.code = &RunFindLabel;
  binding.state = std::make_shared<uint64_t>(FindLabel(args[1].type, label->text()));
  return binding;
}

}  // namespace

const FunctionDef& FindInSet() {
  static const FunctionDef def = {
      .name = "find_in_set",
      .family = "text",
      .doc = "The number of the text among those of a list with commas, from 1; 0 if it is none of them.",
      .parameters = {{"text"}, {"list"}},
      .result_rule = "bigint",
      .bind = &BindFindInSet,
      .examples =
          {
              {{"'b'", "'a,b,c'"}, "2"},
              {{"'x'", "'a,b'"}, "0"},
              {{"''", "'a,,b'"}, "2"},
              {{"'a,b'", "'a,b'"}, "0"},
              {{"''", "''"}, "0"},
              {{"'b'", "'a,b'::set('a','b')"}, "2"},
          },
  };
  return def;
}

}  // namespace cdc::functions
