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

Binding BindFindInSet(const std::vector<Argument>& args) { return BindSearch("find_in_set", args, &RunFindInSet); }

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
