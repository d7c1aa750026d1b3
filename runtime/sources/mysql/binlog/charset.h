#pragma once

// Column bytes to UTF-8, as the server itself would convert them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stdlib/core/arena.h"

namespace cdc::binlog {

// Charsets whose text can be read. gbk and latin1 that happen to be ASCII cost no copy.
enum class Charset : uint8_t { kBinary, kUtf8mb4, kUtf8mb3, kAscii, kLatin1, kGbk };

// "latin1" of collation 8; empty for an id that no known server has.
std::string_view CharsetName(uint32_t collation_id);
// By MySQL's name, lower case; nothing for a charset that cannot be read yet.
std::optional<Charset> FindCharset(std::string_view name);
// Bytes of the longest character; 1 for an unknown name.
int BytesPerCharacter(std::string_view charset_name);

// Lifetime: `bytes` itself where that is UTF-8 already, else `arena`.
// Bytes that are no character of the charset become U+FFFD, as in CONVERT(… USING utf8mb4) they become `?`;
// utf8mb3, utf8mb4 and ascii are passed as they are.
std::string_view ToUtf8(Charset charset, std::string_view bytes, Arena* arena);

}  // namespace cdc::binlog
