#include "stdlib/functions/json/edit.h"

namespace cdc::functions {
namespace {

Failure RunJsonInsert(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  *out = Edited(site, args, count, JsonEdit::kInsert, scratch);
  return nullptr;
}

Binding BindJsonInsert(const std::vector<Argument>& args) { return BindJsonEdit("json_insert", args, &RunJsonInsert); }

}  // namespace

const FunctionDef& JsonInsert() {
  static const FunctionDef def = {
      .name = "json_insert",
      .family = "json",
      .doc = "The document with values added at paths where nothing is yet.",
      .parameters = {{"document"}, {"path"}, {"value"}},
      .variadic = true,
      .result_rule = "json",
      .checks_literals = true,
      .bind = &BindJsonInsert,
      .examples =
          {
              {{R"('{"a": 1}'::json)", "'$.a'", "2", "'$.b'", "true"}, R"('{"a": 1, "b": true}')"},
              {{R"('{"bb": 1}'::json)", "'$.a'", "2"}, R"('{"a": 2, "bb": 1}')"},
              {{"'{}'::json", "'$.a.b'", "2"}, "'{}'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
