#pragma once

// Column bytes to UTF-8, as the server itself would convert them.

#include <cstdint>
#include <string_view>

#include "stdlib/core/arena.h"

namespace cdc::binlog {

enum class Charset : uint8_t { kBinary, kUtf8mb4, kUtf8mb3, kAscii, kLatin1, kGbk, kUnsupported };

// By MySQL's name, lower case. kUnsupported for a charset that cannot be read yet.
Charset FindCharset(std::string_view name);
// "latin1" of collation 8; empty for an id that no known server has.
std::string_view CharsetNameOfCollation(uint32_t collation_id);
// Bytes of the longest character; 1 for an unknown name.
uint32_t CharacterBytesMax(std::string_view charset_name);

bool IsAscii(std::string_view bytes);

// Bytes that are no character of latin1 or gbk become U+FFFD; the other charsets are passed as they are.
// Lifetime: `bytes` itself where it is UTF-8 already (latin1 and gbk: where it is ASCII), else `arena`.
// Requires: charset is not kUnsupported.
std::string_view ToUtf8(Charset charset, std::string_view bytes, Arena* arena);

}  // namespace cdc::binlog
