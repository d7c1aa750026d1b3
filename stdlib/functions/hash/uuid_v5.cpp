#include <openssl/evp.h>

#include <algorithm>

#include "stdlib/functions/hash/digest.h"
#include "stdlib/functions/hash/uuid.h"

namespace cdc::functions {
namespace {

Failure RunUuidV5(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  std::optional<UuidBytes> space = ReadUuid(args[0].text());
  if (!space) {
    *out = Value::Null();
    return nullptr;
  }
  std::string_view name = args[1].text();
  char* input = scratch->Allocate(space->size() + name.size());
  char* end = std::copy(space->begin(), space->end(), input);
  end = std::copy_n(name.data(), name.size(), end);
  unsigned char digest[EVP_MAX_MD_SIZE];
  Digest(DigestKind::kSha1, {input, static_cast<size_t>(end - input)}, digest);
  UuidBytes uuid;
  std::copy_n(digest, uuid.size(), uuid.begin());
  // RFC 9562: version 5, variant 10.
  uuid[6] = static_cast<char>((uuid[6] & 0x0F) | 0x50);
  uuid[8] = static_cast<char>((uuid[8] & 0x3F) | 0x80);
  *out = UuidText(uuid, scratch);
  return nullptr;
}

Binding BindUuidV5(const std::vector<Argument>& args) {
  Binding binding = BindStrings("uuid_v5", args, 0, 2, &RunUuidV5);
  const Type& space = args[0].type;
  bool text = IsText(space.kind) || space.kind == TypeKind::kNull || space.kind == TypeKind::kUnknown;
  if (!text) return Fail(106, 0, "the name space of `uuid_v5` is text, and this is " + Quoted(space));
  bool certain = false;
  if (args[0].constant != nullptr && IsText(args[0].type.kind) && !args[0].constant->is_null()) {
    certain = ReadUuid(args[0].constant->text()).has_value();
    if (!certain) return Fail(105, 0, "the name space of `uuid_v5` is a UUID");
  }
  binding.result = StringType(36, false, binding.result.nullable || !certain);
  binding.result.kind = TypeKind::kChar;
  return binding;
}

}  // namespace

const FunctionDef& UuidV5() {
  static const FunctionDef def = {
      .name = "uuid_v5",
      .family = "hash",
      .doc =
          "The UUID of version 5 (RFC 9562) that a name has in a name space, which is a UUID itself: equal names have "
          "equal UUIDs. Not in MySQL.",
      .parameters = {{"namespace"}, {"name"}},
      .result_rule = "char(36), nullable unless the name space is a literal",
      .checks_literals = true,
      .bind = &BindUuidV5,
      .examples =
          {
              {{"'6ba7b810-9dad-11d1-80b4-00c04fd430c8'", "'www.example.com'"},
               "'2ed6657d-e927-568b-95e1-2665a8aea6a2'"},
              {{"'6ba7b810-9dad-11d1-80b4-00c04fd430c8'", "null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
