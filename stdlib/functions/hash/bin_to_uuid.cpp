#include <algorithm>

#include "stdlib/functions/hash/uuid.h"

namespace cdc::functions {
namespace {

Failure RunBinToUuid(const CallSite&, const Value* args, size_t count, Value* out, Arena* scratch) {
  UuidBytes uuid;
  if (args[0].text().size() != uuid.size()) {
    *out = Value::Null();
    return nullptr;
  }
  std::copy_n(args[0].text().data(), uuid.size(), uuid.begin());
  if (count > 1 && IsTrueValue(args[1])) uuid = TimeThird(uuid);
  *out = UuidText(uuid, scratch);
  return nullptr;
}

Binding BindBinToUuid(const std::vector<Argument>& args) {
  Binding binding;
  binding.code = &RunBinToUuid;
  if (!ReadsAsBytes(args[0].type) && args[0].type.kind != TypeKind::kNull) {
    binding.mistake = Mistake{106, 0, "`bin_to_uuid` needs bytes, and this is " + Quoted(args[0].type), "", {}};
  }
  if (!binding.mistake && args.size() > 1) binding.mistake = NeedNumber("bin_to_uuid", args, 1);
  const Type& type = args[0].type;
  bool certain = type.kind == TypeKind::kBinary && type.length == 16;
  binding.result = StringType(36, false, AnyNullable(args) || !certain);
  binding.result.kind = TypeKind::kChar;
  return binding;
}

}  // namespace

const FunctionDef& BinToUuid() {
  static const FunctionDef def = {
      .name = "bin_to_uuid",
      .family = "hash",
      .doc =
          "The text of a UUID of 16 bytes, whose time stands first if `swap` is not 0; NULL for any other length "
          "(MySQL refuses the statement).",
      .parameters = {{"bytes"}, {"swap", true}},
      .result_rule = "char(36), nullable unless the column is binary(16)",
      .bind = &BindBinToUuid,
      .examples =
          {
              {{"x'6ccd780cbaba102695645b8c656024db'"}, "'6ccd780c-baba-1026-9564-5b8c656024db'"},
              {{"x'1026baba6ccd780c95645b8c656024db'", "1"}, "'6ccd780c-baba-1026-9564-5b8c656024db'"},
              {{"x'00'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
