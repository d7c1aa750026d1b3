#pragma once

// Internet addresses as text and as bytes.

#include "stdlib/functions/text/strings.h"

namespace cdc::functions {

inline constexpr size_t kIpv4TextMax = 15;
inline constexpr size_t kIpv6TextMax = 45;
inline constexpr size_t kIpv6Bytes = 16;

// Four numbers of at most three digits.
std::optional<uint32_t> ReadIpv4(std::string_view text);
// The same with fewer numbers: the last one fills the rest.
std::optional<uint32_t> ReadShortIpv4(std::string_view text);
// Writes the 16 bytes; false if the text is no IPv6 address.
bool ReadIpv6(std::string_view text, char* out);

// They return the end; `out` has kIpv4TextMax, kIpv6TextMax bytes.
char* WriteIpv4(uint32_t address, char* out);
// As MySQL does: a single zero group is left out too. Requires: 16 bytes.
char* WriteIpv6(std::string_view bytes, char* out);

}  // namespace cdc::functions
