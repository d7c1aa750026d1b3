#include "stdlib/functions/json/edit.h"

namespace cdc::functions {
namespace {

Failure RunJsonSet(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Edited(site, args, count, JsonEdit::kSet, scratch);
  return nullptr;
}

Binding BindJsonSet(const std::vector<Argument>& args) { return BindJsonEdit("json_set", args, &RunJsonSet); }

}  // namespace

const FunctionDef& JsonSet() {
  static const FunctionDef def = {
      .name = "json_set",
      .family = "json",
      .doc =
          "The document with values at paths: what is there is replaced, what is not is added. A NULL value is a JSON "
          "null; text becomes a JSON string.",
      .parameters = {{"document"}, {"path"}, {"value"}},
      .variadic = true,
      .result_rule = "json",
      .checks_literals = true,
      .bind = &BindJsonSet,
      .examples =
          {
              {{R"('{"a": 1}'::json)", "'$.a'", "2", "'$.b'", "'x'"}, R"('{"a": 2, "b": "x"}')"},
              {{"'[1, 2]'::json", "'$[1]'", "null"}, "'[1, null]'"},
              {{"'[1]'::json", "'$[5]'", "2"}, "'[1, 2]'"},
              {{"'1'::json", "'$[1]'", "2"}, "'[1, 2]'"},
              {{R"('{"a":1}')", "'$'", "2.50"}, "'2.50'"},
              {{"null::json", "'$.a'", "1"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
