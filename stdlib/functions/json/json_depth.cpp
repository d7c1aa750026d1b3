#include <algorithm>

#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

int64_t DepthOf(std::string_view json) {
  JsonKind kind = KindOfJson(json);
  if (kind != JsonKind::kArray && kind != JsonKind::kObject) return 1;
  int64_t inside = 0;
  for (JsonReader reader(json); reader.Next();) inside = std::max(inside, DepthOf(reader.value()));
  return inside + 1;
}

Failure RunJsonDepth(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  std::optional<std::string_view> document = DocumentOf(args[0]);
  *out = document ? Value::Int(DepthOf(*document)) : Value::Null();
  return nullptr;
}

Binding BindJsonDepth(const std::vector<Argument>& args) {
  Binding binding = BindDocument("json_depth", args, &RunJsonDepth);
  binding.result = BigIntType(false, binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& JsonDepth() {
  static const FunctionDef def = {
      .name = "json_depth",
      .family = "json",
      .doc = "How deep the document is nested: 1 for a scalar and for an empty array or object.",
      .parameters = {{"document"}},
      .result_rule = "bigint",
      .bind = &BindJsonDepth,
      .examples =
          {
              {{"'[]'::json"}, "1"},
              {{R"('{"a": [1, {"b": 2}]}'::json)"}, "4"},
              {{"'5'::json"}, "1"},
          },
  };
  return def;
}

}  // namespace cdc::functions
