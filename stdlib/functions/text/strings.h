#pragma once

// What the text functions share: operands as text or bytes, counted in characters or bytes.

#include "stdlib/functions/typing.h"

namespace cdc::functions {

// Wants the arguments first … last - 1 as text (bytes stay bytes). Fills wanted for all, result.nullable and
// mistake.
Binding BindStrings(std::string_view function, const std::vector<Argument>& args, size_t first, size_t last, Code code);

// PIPE106 where some of the arguments first … last - 1 are bytes and others become text: bytes need not be UTF-8.
std::optional<Mistake> NeedOneAlphabet(std::string_view function, const std::vector<Argument>& args, size_t first,
                                       size_t last);

// The most characters (bytes) of an argument; its own length if it is constant.
uint64_t LengthMax(const Argument& argument);

// A text or bytes result, as the argument is.
Value StringLike(const Value& like, std::string_view text);

// Counts and offsets by the value's own unit.
size_t LengthOf(const Value& value);
size_t OffsetOf(const Value& value, size_t index);

// What would be longer is NULL, as with the server's default max_allowed_packet.
inline constexpr uint64_t kResultBytesMax = 64 << 20;

// A text or bytes, as the argument is, of at most `length` characters (bytes) and kResultBytesMax.
Type StringTypeLike(const Argument& like, uint64_t length, bool nullable);
// PIPE106 unless the arguments first … last - 1 are whole numbers.
std::optional<Mistake> NeedIntegers(std::string_view function, const std::vector<Argument>& args, size_t first,
                                    size_t last);
// The bytes in hexadecimal, two of `digits` (sixteen characters) each.
inline constexpr char kLowerHex[] = "0123456789abcdef";
inline constexpr char kUpperHex[] = "0123456789ABCDEF";
std::string_view HexOf(std::string_view bytes, const char* digits, Arena* scratch);
// Value of a hexadecimal digit, -1 for anything else.
int HexDigitOf(char c);

// The constant value of an integer argument, if it has one.
std::optional<int64_t> ConstantInteger(const Argument& argument);
// An integer operand, clamped to 64 bits.
int64_t ClampedInteger(const Value& value);

}  // namespace cdc::functions
