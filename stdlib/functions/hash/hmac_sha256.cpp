#include "stdlib/functions/hash/digest.h"

namespace cdc::functions {
namespace {

Failure RunHmacSha256(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  Sha256Bytes digest = HmacSha256Of(args[0].text(), args[1].text());
  std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  *out = Value::Text(HexOf(bytes, kLowerHex, scratch));
  return nullptr;
}

Binding BindHmacSha256(const std::vector<Argument>& args) {
  Binding binding = BindDigest("hmac_sha256", args, 64, &RunHmacSha256);
  const bool secret = args[1].type.kind == TypeKind::kSecret;
  if (!binding.mistake && !secret) binding.mistake = NeedText("hmac_sha256", args, 1);
  binding.wanted = {AsText(args[0]), AsText(args[1])};
  return binding;
}

}  // namespace

const FunctionDef& HmacSha256() {
  static const FunctionDef def = {
      .name = "hmac_sha256",
      .family = "hash",
      .doc =
          "The HMAC-SHA-256 of a text in UTF-8, or of bytes, under a key, as 64 hexadecimal digits: equal values stay "
          "equal, and nobody without the key can try values. Not in MySQL.",
      .parameters = {{"value"}, {.name = "secret", .takes_secret = true}},
      .result_rule = "char(64)",
      .ends_sensitivity = true,
      .bind = &BindHmacSha256,
      .examples =
          {
              {{"'what do ya want for nothing?'", "'Jefe'"},
               "'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'"},
              {{"null", "'k'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
