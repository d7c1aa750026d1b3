#include <algorithm>

#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

// What a path leads to where no step takes a value for an array of itself.
std::optional<std::string_view> FollowExactly(std::string_view document, const JsonPath& path) {
  for (size_t i = 0; i < path.steps.size(); ++i) {
    std::optional<std::string_view> at = Follow(document, path, i);
    if (!at || (path.steps[i].is_index && KindOfJson(*at) != JsonKind::kArray)) return std::nullopt;
  }
  return Follow(document, path);
}

Failure RunJsonKeys(const CallSite& site, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> found = DocumentOf(args[0]);
  const JsonPaths& paths = site.State<JsonPaths>();
  if (found && !paths.empty()) found = FollowExactly(*found, paths[0]);
  *out = Value::Null();
  if (!found || KindOfJson(*found) != JsonKind::kObject) return nullptr;
  // A member has a colon and a value behind its name: no more room than that is needed.
  char* from = scratch->Allocate(found->size() + 2);
  char* to = from;
  *to++ = '[';
  for (JsonReader reader(*found); reader.Next();) {
    if (to != from + 1) to = std::copy_n(", ", 2, to);
    to = std::copy(reader.key().begin(), reader.key().end(), to);
  }
  *to++ = ']';
  scratch->ShrinkLast(to);
  *out = Value::Json({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindJsonKeys(const std::vector<Argument>& args) {
  Binding binding = BindJsonPaths("json_keys", args, 1, 1, &RunJsonKeys);
  binding.result = MakeType(TypeKind::kJson, true);
  return binding;
}

}  // namespace

const FunctionDef& JsonKeys() {
  static const FunctionDef def = {
      .name = "json_keys",
      .family = "json",
      .doc =
          "The names of an object's members as an array; NULL where the document, or what a path leads to, is no "
          "object.",
      .parameters = {{"document"}, {"path", true}},
      .result_rule = "json, nullable",
      .checks_literals = true,
      .bind = &BindJsonKeys,
      .examples =
          {
              {{R"('{"a": 1, "b": {"c": 2}}'::json)"}, R"('["a", "b"]')"},
              {{R"('{"a": 1, "b": {"c": 2}}'::json)", "'$.b'"}, R"('["c"]')"},
              {{"'[1]'::json"}, "null"},
              {{"'{}'::json"}, "'[]'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
