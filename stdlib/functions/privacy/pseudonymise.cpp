#include "stdlib/functions/hash/digest.h"

namespace cdc::functions {
namespace {

Failure RunPseudonymise(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  // 128 bits, six of them a character.
  constexpr size_t kBytes = 16, kCharacters = 22;
  Sha256Bytes digest = HmacSha256Of(args[0].text(), args[1].text());
  char* from = scratch->Allocate(kCharacters);
  for (size_t i = 0; i < kCharacters; ++i) {
    size_t byte = i * 6 / 8, shift = i * 6 % 8;
    unsigned pair = digest[byte] << 8 | (byte + 1 < kBytes ? digest[byte + 1] : 0u);
    from[i] = kDigits[pair >> (10 - shift) & 63];
  }
  *out = Value::Text({from, kCharacters});
  return nullptr;
}

Binding BindPseudonymise(const std::vector<Argument>& args) {
  Binding binding = BindDigest("pseudonymise", args, 22, &RunPseudonymise);
  const bool secret = args[1].type.kind == TypeKind::kSecret;
  if (!binding.mistake && !secret) binding.mistake = NeedText("pseudonymise", args, 1);
  binding.wanted = {AsText(args[0]), AsText(args[1])};
  return binding;
}

}  // namespace

const FunctionDef& Pseudonymise() {
  static const FunctionDef def = {
      .name = "pseudonymise",
      .family = "privacy",
      .doc =
          "A name of 22 letters, digits, `-` and `_` in place of the value: the first 128 bits of its HMAC-SHA-256 "
          "under a key. Equal values get equal names; without the key nobody can try values. Not in MySQL.",
      .parameters = {{"value"}, {.name = "secret", .takes_secret = true}},
      .result_rule = "char(22)",
      .ends_sensitivity = true,
      .bind = &BindPseudonymise,
      .examples =
          {
              {{"'what do ya want for nothing?'", "'Jefe'"}, "'W9zBRr9gdU5qBCQmCJV1xw'"},
              {{"null", "'k'"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
