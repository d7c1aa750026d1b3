#pragma once

// What the numeric functions share: code by the kind of number.

#include "stdlib/functions/operators/arithmetic.h"

namespace cdc::functions {

// The binding of a function of one number, with MySQL's rule for the whole part of a DECIMAL: bigint while it
// is certain to fit, else a decimal without fraction.
Binding BindWhole(std::string_view function, const std::vector<Argument>& args, const ArithmeticCodes& codes);

// Stores a decimal without fraction as BindWhole() typed it.
Failure StoreWhole(std::string_view function, const Decimal& number, const CallSite& site, Value* out, Arena* scratch);

// Digits after the point that are asked for, at most 400; negative: zeros before it.
int DigitsOf(const Value& wanted);
// Requires: 0 <= exponent <= 65.
Decimal PowerOfTen(int exponent);
// As my_double_round(): the nearest even whole number of the scaled value; cut.
double RoundReal(double value, int digits);
double TruncateReal(double value, int digits);

// The value as it is.
Failure Unchanged(const CallSite& site, const Value* args, size_t count, Value* out, Arena* scratch);

}  // namespace cdc::functions
