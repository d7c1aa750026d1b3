#include "stdlib/functions/json/edit.h"

namespace cdc::functions {
namespace {

Failure RunJsonReplace(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Edited(site, args, count, JsonEdit::kReplace, scratch);
  return nullptr;
}

Binding BindJsonReplace(const std::vector<Argument>& args) {
  return BindJsonEdit("json_replace", args, &RunJsonReplace);
}

}  // namespace

const FunctionDef& JsonReplace() {
  static const FunctionDef def = {
      .name = "json_replace",
      .family = "json",
      .doc = "The document with values in place of what is at paths; what is not there is not added.",
      .parameters = {{"document"}, {"path"}, {"value"}},
      .variadic = true,
      .result_rule = "json",
      .checks_literals = true,
      .bind = &BindJsonReplace,
      .examples =
          {
              {{R"('{"a": 1}'::json)", "'$.a'", "'2'", "'$.b'", "3"}, R"('{"a": "2"}')"},
              {{R"('{"a": [1, 2]}'::json)", "'$.a[0]'", "'{}'::json"}, R"('{"a": [{}, 2]}')"},
          },
  };
  return def;
}

}  // namespace cdc::functions
