#pragma once

#include <cstdint>

#include "stdlib/core/type.h"

namespace cdc::diff {

enum class TypeChange : uint8_t { kNone, kWidened, kOther };

// What became of a column's type, nullability aside; kNone if one of them is unknown. Widened: every value of before is
// one of after, and is written in the same way. So more digits of a second are no widening: formats count in other
// units.
TypeChange CompareTypes(const Type& before, const Type& after);

}  // namespace cdc::diff
