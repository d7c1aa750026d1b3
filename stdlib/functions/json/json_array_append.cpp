#include "stdlib/functions/json/edit.h"

namespace cdc::functions {
namespace {

Failure RunJsonArrayAppend(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Edited(site, args, count, JsonEdit::kAppend, scratch);
  return nullptr;
}

Binding BindJsonArrayAppend(const std::vector<Argument>& args) {
  return BindJsonEdit("json_array_append", args, &RunJsonArrayAppend);
}

}  // namespace

const FunctionDef& JsonArrayAppend() {
  static const FunctionDef def = {
      .name = "json_array_append",
      .family = "json",
      .doc = "The document with values behind the last element of the arrays at paths; what is no array becomes one.",
      .parameters = {{"document"}, {"path"}, {"value"}},
      .variadic = true,
      .result_rule = "json",
      .checks_literals = true,
      .bind = &BindJsonArrayAppend,
      .examples =
          {
              {{"'[1, [2]]'::json", "'$[1]'", "3"}, "'[1, [2, 3]]'"},
              {{R"('{"a": 1}'::json)", "'$.a'", "'x'"}, R"('{"a": [1, "x"]}')"},
              {{"'[]'::json", "'$'", "1"}, "'[1]'"},
              {{R"('{"a": 1}'::json)", "'$.b'", "2"}, R"('{"a": 1}')"},
          },
  };
  return def;
}

}  // namespace cdc::functions
