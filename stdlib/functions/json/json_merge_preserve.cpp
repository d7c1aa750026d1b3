#include <algorithm>

#include "stdlib/core/json_text.h"
#include "stdlib/functions/json/members.h"

namespace cdc::functions {
namespace {

// What stands between the brackets; of anything but an array the value itself.
std::string_view Elements(std::string_view json) {
  return KindOfJson(json) == JsonKind::kArray ? json.substr(1, json.size() - 2) : json;
}

std::string_view JoinedArrays(std::string_view a, std::string_view b, Arena* scratch) {
  std::string_view left = Elements(a), right = Elements(b);
  char* from = scratch->Allocate(left.size() + right.size() + 4);
  char* to = from;
  *to++ = '[';
  to = std::copy(left.begin(), left.end(), to);
  if (!left.empty() && !right.empty()) to = std::copy_n(", ", 2, to);
  to = std::copy(right.begin(), right.end(), to);
  *to++ = ']';
  return {from, static_cast<size_t>(to - from)};
}

std::string_view Merged(std::string_view a, std::string_view b, Arena* scratch) {
  bool objects = KindOfJson(a) == JsonKind::kObject && KindOfJson(b) == JsonKind::kObject;
  if (!objects) return JoinedArrays(a, b, scratch);
  JsonMembers members(JsonSize(a) + JsonSize(b), scratch);
  members.AddAll(a, scratch);
  members.AddAll(b, scratch);
  members.Sort();
  size_t kept = 0;
  for (size_t i = 0; i < members.size(); ++i) {
    JsonMembers::Entry entry = members[i];
    bool both = i + 1 < members.size() && members[i + 1].name == entry.name;
    if (both) entry.value = Merged(entry.value, members[++i].value, scratch);
    members[kept++] = entry;
  }
  members.Cut(kept);
  return members.Write(scratch);
}

Failure RunJsonMergePreserve(const CallSite&, const Value* args, size_t count, Value* out, Arena* scratch) {
  std::optional<std::string_view> merged = NormalDocument(args[0], scratch);
  for (size_t i = 1; i < count && merged; ++i) {
    std::optional<std::string_view> other = NormalDocument(args[i], scratch);
    if (other) *merged = Merged(*merged, *other, scratch);
    if (!other) merged = std::nullopt;
  }
  *out = merged ? Value::Json(*merged) : Value::Null();
  return nullptr;
}

Binding BindJsonMergePreserve(const std::vector<Argument>& args) {
  Binding binding = BindDocument("json_merge_preserve", args, &RunJsonMergePreserve);
  bool certain = true;
  for (size_t i = 1; i < args.size() && !binding.mistake; ++i) {
    binding.mistake = NeedDocument("json_merge_preserve", args, i);
  }
  for (const Argument& arg : args) certain = certain && arg.type.kind == TypeKind::kJson && !arg.type.nullable;
  binding.result = MakeType(TypeKind::kJson, !certain);
  return binding;
}

}  // namespace

const FunctionDef& JsonMergePreserve() {
  static const FunctionDef def = {
      .name = "json_merge_preserve",
      .family = "json",
      .doc =
          "Documents as one: arrays one after the other, objects with the members of all, equal names merged in turn; "
          "anything else counts as an array of itself.",
      .parameters = {{"document"}, {"other"}},
      .variadic = true,
      .result_rule = "json",
      .bind = &BindJsonMergePreserve,
      .examples =
          {
              {{"'[1, 2]'::json", "'[true]'::json"}, "'[1, 2, true]'"},
              {{R"('{"a": 1}'::json)", R"('{"a": 2, "b": 3}'::json)"}, R"('{"a": [1, 2], "b": 3}')"},
              {{"'1'::json", R"('{"a": 2}'::json)"}, R"('[1, {"a": 2}]')"},
              {{"'[]'::json", "'[]'::json"}, "'[]'"},
          },
  };
  return def;
}

}  // namespace cdc::functions
