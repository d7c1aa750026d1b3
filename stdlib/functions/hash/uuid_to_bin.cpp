#include "stdlib/functions/hash/uuid.h"

namespace cdc::functions {
namespace {

Failure RunUuidToBin(const CallSite&, const Value* args, size_t count, Value* out, Arena* scratch) {
  std::optional<UuidBytes> uuid = ReadUuid(args[0].text());
  if (!uuid) {
    *out = Value::Null();
    return nullptr;
  }
  if (count > 1 && IsTrueValue(args[1])) *uuid = TimeFirst(*uuid);
  *out = Value::Bytes(scratch->Copy({uuid->data(), uuid->size()}));
  return nullptr;
}

Binding BindUuidToBin(const std::vector<Argument>& args) {
  Binding binding = BindStrings("uuid_to_bin", args, 0, 1, &RunUuidToBin);
  if (!binding.mistake && args.size() > 1) binding.mistake = NeedNumber("uuid_to_bin", args, 1);
  binding.result = StringType(16, true, true);
  return binding;
}

}  // namespace

const FunctionDef& UuidToBin() {
  static const FunctionDef def = {
      .name = "uuid_to_bin",
      .family = "hash",
      .doc =
          "The 16 bytes of a UUID, with its time first if `swap` is not 0; NULL where the text is none (MySQL refuses "
          "the statement).",
      .parameters = {{"text"}, {"swap", true}},
      .result_rule = "varbinary(16), nullable",
      .bind = &BindUuidToBin,
      .examples =
          {
              {{"'6ccd780c-baba-1026-9564-5b8c656024db'"}, "x'6ccd780cbaba102695645b8c656024db'"},
              {{"'6ccd780c-baba-1026-9564-5b8c656024db'", "1"}, "x'1026baba6ccd780c95645b8c656024db'"},
              {{"'x'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
