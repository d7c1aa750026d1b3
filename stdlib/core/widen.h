#pragma once

#include <optional>

#include "stdlib/core/type.h"

namespace cdc {

// The smallest type that holds every value of both, as `merge widen` makes one column of two; nothing if there is none.
//
//   whole numbers             the larger; signed where one is signed: int unsigned and int become bigint, bigint
//                             unsigned and int decimal(20,0)
//   decimals, with each       the digits that both need before and behind the point, up to 65 and 30
//     other and whole numbers
//   float with double; either double
//     with numbers up to int
//   char, varchar, text       the larger, varchar if one varies; a text type by bytes, four to a character
//   binary, varbinary, blob   likewise; binary(n) of two lengths become varbinary
//   date with datetime        datetime; temporal types take the larger number of fraction digits
//   enum, set                 the labels of the first, then those that only the second has; a set has 64 at most
//   enum, set with texts      the text
//   bit, vector               the longer
//   geometry                  of two kinds, geometry
//
// Everything else is one type only with itself: json, year, time, timestamp with datetime, text with bytes. What is
// nullable or sensitive in one is so in both. Charset and collation stay where they are equal.
std::optional<Type> WidenedType(const Type& a, const Type& b);

// Whether records show values of both alike: equal but for charset, collation and sensitivity.
bool SameInRecords(const Type& a, const Type& b);

}  // namespace cdc
