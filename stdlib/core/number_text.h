#pragma once

// Numbers as text, on the row path: no allocation, no locale. Every function writes to `out`, which has at
// least kNumberTextMax bytes, and returns the end; nothing is terminated.

#include <cstddef>
#include <cstdint>

namespace cdc {

inline constexpr size_t kNumberTextMax = 32;

char* WriteUint(uint64_t value, char* out);
char* WriteInt(int64_t value, char* out);
// Writes `value` with at least `width` digits, zeros in front. Requires: width <= 20.
char* WriteUintPadded(uint64_t value, int width, char* out);

// The shortest digits that read back as the same 64-bit (32-bit) number. Inf and NaN, which MySQL cannot
// store, are written as `Infinity`, `-Infinity`, `NaN` by all of them.
//
//   value     Java       MySql    Json      Plain
//   5         5.0        5        5.0       5
//   -0        -0.0       -0       -0.0      -0
//   0.0001    1.0E-4     0.0001   0.0001    0.0001
//   1e7       1.0E7      10000000 10000000.0 10000000
//   1e15      1.0E15     1e15     1e15      1000000000000000

// Java's Double.toString and Float.toString (JDK 19 and later).
char* WriteJavaDouble(double value, char* out);
char* WriteJavaFloat(float value, char* out);

// MySQL's own form: plain up to 15 digits before the point and 14 zeros after it, else `1.5e20`. For FLOAT
// the server cuts to six digits in its text protocol; here all digits needed to read it back are kept.
char* WriteMySqlDouble(double value, char* out);
char* WriteMySqlFloat(float value, char* out);

// Doubles inside MySQL's JSON text: as WriteMySqlDouble, with `.0` behind an integral value.
char* WriteJsonDouble(double value, char* out);

// Never an exponent. Requires: `out` has kPlainDoubleTextMax bytes.
inline constexpr size_t kPlainDoubleTextMax = 352;
char* WritePlainDouble(double value, char* out);
char* WritePlainFloat(float value, char* out);

}  // namespace cdc
