#include "stdlib/functions/text/search.h"

namespace cdc::functions {
namespace {

Failure RunLocate(const CallSite&, const Value* args, size_t count, Value* out, Arena*) {
  int64_t from = count > 2 ? ClampedInteger(args[2]) : 1;
  *out = Value::Int(PositionOf(args[1], args[0], from));
  return nullptr;
}

Binding BindLocate(const std::vector<Argument>& args) {
  Binding binding = BindSearch("locate", args, &RunLocate);
  if (!binding.mistake && args.size() > 2) binding.mistake = NeedInteger("locate", args, 2);
  return binding;
}

}  // namespace

const FunctionDef& Locate() {
  static const FunctionDef def = {
      .name = "locate",
      .aliases = {"position"},
      .family = "text",
      .doc =
          "Where the wanted text stands in the text, at or behind a position: counted from 1, 0 if nowhere. Upper and "
          "lower case differ.",
      .parameters = {{"wanted"}, {"text"}, {"position", true}},
      .result_rule = "bigint",
      .bind = &BindLocate,
      .examples =
          {
              {{"'b'", "'abcb'"}, "2"},
              {{"'b'", "'abcb'", "3"}, "4"},
              {{"'ß'", "'größe'"}, "4"},
              {{"'x'", "'abc'"}, "0"},
              {{"''", "'abc'"}, "1"},
              {{"'a'", "'abc'", "0"}, "0"},
              {{"'B'", "'abc'"}, "0"},
          },
  };
  return def;
}

}  // namespace cdc::functions
