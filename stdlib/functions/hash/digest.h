#pragma once

// Digests of a text in UTF-8, or of bytes.

#include <array>

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {

enum class DigestKind : uint8_t { kMd5, kSha1, kSha224, kSha256, kSha384, kSha512 };

// Writes the digest and returns its size. Requires: `out` has EVP_MAX_MD_SIZE bytes.
size_t Digest(DigestKind kind, std::string_view bytes, unsigned char* out);
// In hexadecimal digits, lower case.
Value HexDigest(DigestKind kind, std::string_view bytes, Arena* scratch);

using Sha256Bytes = std::array<unsigned char, 32>;
Sha256Bytes HmacSha256Of(std::string_view bytes, std::string_view key);

// The first argument as text; the result is char(digits).
Binding BindDigest(std::string_view function, const std::vector<Argument>& args, uint32_t digits, Code code);

}  // namespace cdc::functions
