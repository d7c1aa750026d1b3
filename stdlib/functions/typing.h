#pragma once

// What the type rules of functions share: the shapes of values, MySQL's result types, and mistakes in common
// words.

#include <string>
#include <string_view>
#include <vector>

#include "stdlib/core/decimal.h"
#include "stdlib/functions/function.h"

namespace cdc::functions {

// The kind of the values of a type (value.h); kNull for kNull and kUnknown.
ValueKind ShapeOf(const Type& type);

bool IsReal(TypeKind kind);         // float, double
bool IsLabelled(TypeKind kind);     // enum, set
bool IsUnsigned(const Type& type);  // integers whose values are kUint, labelled types included
bool IsTextual(TypeKind kind);      // text, enum, set: what reads as characters

bool AnyNullable(const std::vector<Argument>& args);

Type MakeType(TypeKind kind, bool nullable);
Type BoolType(bool nullable);
Type BigIntType(bool is_unsigned, bool nullable);
// Precision and scale are cut to MySQL's limits, 65 and 30.
Type DecimalType(int precision, int scale, bool nullable);
// A string of at most `length` characters (bytes): varchar, or longtext when it may be longer than one.
Type StringType(uint64_t length, bool binary, bool nullable);
// What an argument becomes when a function reads it as text: nothing for text and bytes, else varchar.
Type AsText(const Argument& argument);
bool ReadsAsBytes(const Type& type);

// Digits before the point that a number of this type may have; of the value itself if it is constant.
int IntegerDigits(const Argument& argument);
int Scale(const Type& type);

// Numbers as exact or real values, whatever kind they come in. Requires: not NULL.
Decimal DecimalOf(const Value& value);
double RealOf(const Value& value);
// Integers as 128 bits, so that kInt and kUint are one.
inline __int128 IntegerOf(const Value& value) {
  return value.kind() == ValueKind::kUint ? static_cast<__int128>(value.unsigned_integer())
                                          : static_cast<__int128>(value.integer());
}
// As a truth value: not zero. Requires: not NULL.
bool IsTrueValue(const Value& value);

// Writes the canonical text into scratch. Requires: at most 65 digits.
Value DecimalValue(const Decimal& decimal, Arena* scratch);
// Fits `number` to a DECIMAL type; false: more digits than the type has.
bool FitDecimal(const Decimal& number, const Type& type, Value* out, Arena* scratch);
// Stores an integer into bigint or bigint unsigned; false: out of range.
bool FitInteger(__int128 number, bool is_unsigned, Value* out);

std::string Quoted(std::string_view code);  // `code`
std::string Quoted(const Type& type);       // `varchar(20)`
Binding Fail(int id, size_t argument, std::string message, std::string label = "");

// PIPE106 at the first argument that is no number: "`+` needs numbers, and this is `varchar(20)`".
std::optional<Mistake> NeedNumbers(std::string_view function, const std::vector<Argument>& args);
std::optional<Mistake> NeedNumber(std::string_view function, const std::vector<Argument>& args, size_t index);
std::optional<Mistake> NeedInteger(std::string_view function, const std::vector<Argument>& args, size_t index);
// PIPE106 where a value has no text: secrets, geometry, vectors.
std::optional<Mistake> NeedText(std::string_view function, const std::vector<Argument>& args, size_t index);
// PIPE106 unless the argument may stand as a condition: bool, tinyint, bit(1), NULL.
std::optional<Mistake> NeedCondition(std::string_view where, const std::vector<Argument>& args, size_t index);

// Copies a text into scratch with a terminator, as a Failure.
Failure FailWith(Arena* scratch, std::string_view text);

// The type that values of all arguments can take (case, coalesce, if); nothing and a mistake if there is
// none.
std::optional<Type> CommonType(std::string_view function, const std::vector<Argument>& args, size_t first, size_t step,
                               std::optional<Mistake>* mistake);
// Converting to the common type is needed for these.
Type WantedForCommon(const Type& from, const Type& common);

}  // namespace cdc::functions
