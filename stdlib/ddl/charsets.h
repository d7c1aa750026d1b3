#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "stdlib/core/schema.h"
#include "stdlib/ddl/ddl.h"

namespace cdc::ddl {

// A charset's name in lower case, without aliases: `utf8` is `utf8mb3`.
std::string CanonicalCharset(std::string_view name);
// The same for a collation: `utf8_bin` is `utf8mb3_bin`.
std::string CanonicalCollation(std::string_view name);
// Bytes of the longest character; 1 for a charset that is not known.
uint32_t BytesPerCharacter(std::string_view charset);

// Completes a column's type from its table: charset and collation that were not written, binary types for the
// charset `binary`, the smallest text type that holds a written length. A type that is complete stays as it
// is.
void FinishColumn(const std::string& table_charset, const std::string& table_collation, const Dialect& dialect,
                  Column* column);

// What CONVERT TO CHARACTER SET does to a column: character columns get the charset, text types grow if their
// characters may need more bytes.
void ConvertColumn(const std::string& charset, const std::string& collation, Column* column);

}  // namespace cdc::ddl
