#include <openssl/sha.h>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {
namespace {

Failure RunSha256(const CallSite&, const Value* args, size_t, Value* out, Arena* scratch) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string_view text = args[0].text();
  unsigned char digest[SHA256_DIGEST_LENGTH];
  ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  char* hex = scratch->Allocate(2 * sizeof(digest));
  for (size_t i = 0; i < sizeof(digest); ++i) {
    hex[2 * i] = kHex[digest[i] >> 4];
    hex[2 * i + 1] = kHex[digest[i] & 15];
  }
  *out = Value::Text({hex, 2 * sizeof(digest)});
  return nullptr;
}

Binding BindSha256(const std::vector<Argument>& args) {
  Binding binding = BindStrings("sha256", args, 0, 1, &RunSha256);
  binding.result = StringType(64, false, binding.result.nullable);
  binding.result.kind = TypeKind::kChar;
  return binding;
}

}  // namespace

const FunctionDef& Sha256() {
  static const FunctionDef def = {
      .name = "sha256",
      .family = "privacy",
      .doc =
          "The SHA-256 of a text in UTF-8, or of bytes, as 64 hexadecimal digits. Equal values stay equal: a "
          "list of "
          "all phone numbers undoes it.",
      .parameters = {{"value"}},
      .result_rule = "char(64)",
      .ends_sensitivity = true,
      .bind = &BindSha256,
      .examples =
          {
              {{"'abc'"}, "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'"},
              {{"x''"}, "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'"},
              {{"null"}, "null"},
          },
  };
  return def;
}

}  // namespace cdc::functions
