#pragma once

// MySQL's rules for + - * and mod: DOUBLE if one side is, else DECIMAL if one side is, else BIGINT, unsigned
// if one side is. A result out of range fails the row.

#include "stdlib/functions/typing.h"

namespace cdc::functions {

// "`+`: out of range of `bigint unsigned`"
Failure OutOfRange(std::string_view function, const CallSite& site, Arena* scratch);

struct ArithmeticCodes {
  Code integer;
  Code decimal;
  Code real;
};

// Picks the code and, for integers and reals, the result; the caller sets the type of a DECIMAL result.
Binding BindArithmetic(std::string_view function, const std::vector<Argument>& args, const ArithmeticCodes& codes);

// The DECIMAL that holds the sum or the difference of two arguments.
Type SumType(const std::vector<Argument>& args);

// Stores a double result; NaN and infinities are out of range.
Failure StoreReal(std::string_view function, double real, const CallSite& site, Value* out, Arena* scratch);
Failure StoreDecimal(std::string_view function, const Decimal& number, const CallSite& site, Value* out,
                     Arena* scratch);
Failure StoreInteger(std::string_view function, __int128 number, const CallSite& site, Value* out, Arena* scratch);

}  // namespace cdc::functions
