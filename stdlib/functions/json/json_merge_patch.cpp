#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/members.h"

namespace cdc::functions {
namespace {

std::string_view Patched(std::string_view target, std::string_view patch, Arena* scratch) {
  if (KindOfJson(patch) != JsonKind::kObject) return patch;
  bool object = KindOfJson(target) == JsonKind::kObject;
  JsonMembers members((object ? JsonSize(target) : 0) + JsonSize(patch), scratch);
  if (object) members.AddAll(target, scratch);
  size_t own = members.size();
  members.AddAll(patch, scratch);
  for (size_t i = own; i < members.size(); ++i) members[i].from_other = true;
  members.Sort();
  size_t kept = 0;
  for (size_t i = 0; i < members.size(); ++i) {
    JsonMembers::Entry entry = members[i];
    bool both = i + 1 < members.size() && members[i + 1].name == entry.name;
    if (both) {
      std::string_view change = members[++i].value;
      if (KindOfJson(change) == JsonKind::kNull) continue;
      entry.value = Patched(entry.value, change, scratch);
    } else if (entry.from_other) {
      if (KindOfJson(entry.value) == JsonKind::kNull) continue;
      entry.value = Patched("{}", entry.value, scratch);
    }
    members[kept++] = entry;
  }
  members.Cut(kept);
  return members.Write(scratch);
}

Failure RunJsonMergePatch(const CallSite&, const Value* args, size_t count, Value* out, Arena* scratch) {
  std::optional<std::string_view> merged;
  for (size_t i = 0; i < count; ++i) {
    std::optional<std::string_view> patch;
    if (!args[i].is_null()) patch = NormalDocument(args[i], scratch);
    bool replaces = patch && (i == 0 || KindOfJson(*patch) != JsonKind::kObject);
    if (replaces) {
      merged = patch;
    } else if (!patch) {
      merged = std::nullopt;
    } else if (merged) {
      merged = Patched(*merged, *patch, scratch);
    }
  }
  *out = merged ? Value::Json(*merged) : Value::Null();
  return nullptr;
}

Binding BindJsonMergePatch(const std::vector<Argument>& args) {
  Binding binding = BindDocument("json_merge_patch", args, &RunJsonMergePatch);
  for (size_t i = 1; i < args.size() && !binding.mistake; ++i) {
    binding.mistake = NeedDocument("json_merge_patch", args, i);
  }
  bool certain = true;
  for (const Argument& arg : args) certain = certain && arg.type.kind == TypeKind::kJson && !arg.type.nullable;
  binding.strict = false;
  binding.result = MakeType(TypeKind::kJson, !certain);
  return binding;
}

}  // namespace

const FunctionDef& JsonMergePatch() {
  static const FunctionDef def = {
      .name = "json_merge_patch",
      .family = "json",
      .doc =
          "The document changed by others as RFC 7396 says: members replace those of the same name, a JSON null "
          "removes one.",
      .parameters = {{"document"}, {"patch"}},
      .variadic = true,
      .result_rule = "json",
      .bind = &BindJsonMergePatch,
      .examples =
          {
              {{R"('{"a": 1, "b": 2}'::json)", R"('{"b": null, "c": [3]}'::json)"}, R"('{"a": 1, "c": [3]}')"},
              {{R"('{"a": {"x": 1}}'::json)", R"('{"a": {"y": 2}}'::json)"}, R"('{"a": {"x": 1, "y": 2}}')"},
              {{"'[1, 2]'::json", R"('{"a": 1}'::json)"}, R"('{"a": 1}')"},
              {{R"('{"a": 1}'::json)", "'5'::json"}, "'5'"},
              {{R"('{"a": 1}'::json)", "null::json"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
