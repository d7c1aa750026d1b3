#include "stdlib/functions/json/contains.h"

namespace cdc::functions {
namespace {

Failure RunJsonOverlaps(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<std::string_view> a = DocumentOf(args[0]), b = DocumentOf(args[1]);
  *out = a && b ? Value::Bool(JsonOverlap(*a, *b, scratch)) : Value::Null();
  return nullptr;
}

Binding BindJsonOverlaps(const std::vector<Argument>& args) {
  Binding binding = BindDocument("json_overlaps", args, &RunJsonOverlaps);
  if (!binding.mistake) binding.mistake = NeedDocument("json_overlaps", args, 1);
  bool certain = args[1].type.kind == TypeKind::kJson && !args[1].type.nullable;
  binding.result = BoolType(binding.result.nullable || !certain);
  return binding;
}

}  // namespace

const FunctionDef& JsonOverlaps() {
  static const FunctionDef def = {
      .name = "json_overlaps",
      .family = "json",
      .doc =
          "Whether two documents have something in common: arrays an element, objects a member with an equal value, "
          "anything else is equal. What is no array counts as one beside an array.",
      .parameters = {{"document"}, {"other"}},
      .result_rule = "bool",
      .bind = &BindJsonOverlaps,
      .examples =
          {
              {{"'[1, 3, 5]'::json", "'[2, 5]'::json"}, "true"},
              {{R"('{"a": 1}'::json)", R"('{"a": 2, "b": 1}'::json)"}, "false"},
              {{"'[1, 2]'::json", "'2'"}, "true"},
          },
  };
  return def;
}

}  // namespace cdc::functions
