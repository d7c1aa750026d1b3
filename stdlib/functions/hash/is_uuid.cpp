#include "stdlib/functions/hash/uuid.h"

namespace cdc::functions {
namespace {

Failure RunIsUuid(const CallSite&, const Value* args, size_t, Value* out, Arena*) {
  *out = Value::Bool(ReadUuid(args[0].text()).has_value());
  return nullptr;
}

Binding BindIsUuid(const std::vector<Argument>& args) {
  Binding binding = BindStrings("is_uuid", args, 0, 1, &RunIsUuid);
  binding.result = BoolType(binding.result.nullable);
  return binding;
}

}  // namespace

const FunctionDef& IsUuid() {
  static const FunctionDef def = {
      .name = "is_uuid",
      .family = "hash",
      .doc = "Whether the text is a UUID: with its dashes, in braces, or 32 digits alone.",
      .parameters = {{"text"}},
      .result_rule = "bool",
      .bind = &BindIsUuid,
      .examples =
          {
              {{"'6ccd780c-baba-1026-9564-5b8c656024db'"}, "true"},
              {{"'6CCD780CBABA102695645B8C656024DB'"}, "true"},
              {{"'{6ccd780c-baba-1026-9564-5b8c656024db}'"}, "true"},
              {{"'6ccd780c-baba-1026-9564'"}, "false"},
          },
  };
  return def;
}

}  // namespace cdc::functions
