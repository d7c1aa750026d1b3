#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"

namespace cdc::parse {

// The text of a '…' token: MySQL's backslash escapes resolved (`\%` and `\_` keep their backslash), '' is one
// quote.
std::string UnescapeString(std::string_view token);
// The name in a `…` token.
std::string UnquoteName(std::string_view token);
// A number without underscores.
std::string CleanNumber(std::string_view token);
// Milliseconds of `90s`, bytes of `1MiB`, in decimal; nothing if it does not fit in 63 bits.
std::optional<std::string> DurationMs(std::string_view token);
std::optional<std::string> SizeBytes(std::string_view token);
// Bytes of 0x41, x'41', b'01000001'; nothing if x'…' has an odd number of digits.
std::optional<std::string> BinaryBytes(std::string_view token);

// Reads a "…" token that starts at `span`. Reports placeholders that are not closed (PIPE009).
ast::Template ReadTemplate(std::string_view token, source::Span span, diag::Diagnostics* diagnostics);

}  // namespace cdc::parse
