#include <algorithm>

#include "stdlib/functions/json/document.h"

namespace cdc::functions {
namespace {

Failure RunJsonArray(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch) {
  std::string_view* parts = scratch->AllocateArray<std::string_view>(count);
  size_t size = 2;
  for (size_t i = 0; i < count; ++i) {
    parts[i] = JsonOf(site.args[i], args[i], scratch);
    size += parts[i].size() + 2;
  }
  char* from = scratch->Allocate(size);
  char* to = from;
  *to++ = '[';
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) to = std::copy_n(", ", 2, to);
    to = std::copy(parts[i].begin(), parts[i].end(), to);
  }
  *to++ = ']';
  *out = Value::Json({from, static_cast<size_t>(to - from)});
  return nullptr;
}

Binding BindJsonArray(const std::vector<Argument>& args) {
  Binding binding;
  for (size_t i = 0; i < args.size() && !binding.mistake; ++i) binding.mistake = NeedJsonPart("json_array", args, i);
  binding.code = &RunJsonArray;
  binding.strict = false;
  binding.result = MakeType(TypeKind::kJson, false);
  return binding;
}

}  // namespace

const FunctionDef& JsonArray() {
  static const FunctionDef def = {
      .name = "json_array",
      .family = "json",
      .doc = "An array of the values; NULL is a JSON null.",
      .parameters = {{"value", true}},
      .variadic = true,
      .result_rule = "json, not null",
      .bind = &BindJsonArray,
      .examples =
          {
              {{"1", "'x'", "null", "2.50", "true"}, R"('[1, "x", null, 2.50, true]')"},
              {{"1.5e0", R"('{"a": 1}'::json)"}, R"('[1.5, {"a": 1}]')"},
              {{"'10:11:12.5'::time(1)"}, R"('["10:11:12.500000"]')"},
          },
  };
  return def;
}

}  // namespace cdc::functions
