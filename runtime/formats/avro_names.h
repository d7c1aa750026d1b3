#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cdc::formats {

// How a name becomes one of Avro: letters, digits and `_`, no digit in front. Debezium's `*.name.adjustment.mode`.
enum class AvroNames : uint8_t {
  kNone,     // as it is
  kReplace,  // each other character becomes `_`; `_` goes before a digit in front
  kUnicode,  // each other character, and `_` itself, becomes `_uXXXX` (twice beyond U+FFFF): no two names meet
};

AvroNames ReadAvroNames(std::string_view word);  // `none`, `avro`, `avro_unicode`

// Requires: UTF-8.
std::string AvroName(std::string_view name, AvroNames mode);
// The same of every part between periods.
std::string AvroFullName(std::string_view name, AvroNames mode);
bool IsAvroName(std::string_view name);
bool IsAvroFullName(std::string_view name);

}  // namespace cdc::formats
