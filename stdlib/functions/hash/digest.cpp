#include "stdlib/functions/hash/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace cdc::functions {
namespace {

const EVP_MD* Algorithm(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5:
      return EVP_md5();
    case DigestKind::kSha1:
      return EVP_sha1();
    case DigestKind::kSha224:
      return EVP_sha224();
    case DigestKind::kSha256:
      return EVP_sha256();
    case DigestKind::kSha384:
      return EVP_sha384();
    case DigestKind::kSha512:
      return EVP_sha512();
  }
  return EVP_sha256();
}

}  // namespace

size_t Digest(DigestKind kind, std::string_view bytes, unsigned char* out) {
  unsigned size = 0;
  ::EVP_Digest(bytes.data(), bytes.size(), out, &size, Algorithm(kind), nullptr);
  return size;
}

Value HexDigest(DigestKind kind, std::string_view bytes, Arena* scratch) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  size_t size = Digest(kind, bytes, digest);
  return Value::Text(HexOf({reinterpret_cast<const char*>(digest), size}, kLowerHex, scratch));
}

Sha256Bytes HmacSha256Of(std::string_view bytes, std::string_view key) {
  Sha256Bytes digest{};
  unsigned size = 0;
  // An empty view may have no address, which HMAC() takes for "the key of the last call".
  ::HMAC(EVP_sha256(), key.empty() ? "" : key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data(), &size);
  return digest;
}

Binding BindDigest(std::string_view function, const std::vector<Argument>& args, uint32_t digits, Code code) {
  Binding binding = BindStrings(function, args, 0, 1, code);
  binding.result = StringType(digits, false, binding.result.nullable);
  binding.result.kind = TypeKind::kChar;
  return binding;
}

}  // namespace cdc::functions
