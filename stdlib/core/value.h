#pragma once

#include <cstdint>
#include <string_view>

namespace cdc {

// How the bytes of a Value are to be read. The column's Type says what they mean:
// ENUM is kUint (1-based index, 0 = ''), SET and BIT are kUint (bitmap), YEAR is kUint (0, 1901..2155).
enum class ValueKind : uint8_t {
  kAbsent,  // the row image does not contain the column
  kNull,
  kInt,        // integer(): signed integers, booleans
  kUint,       // unsigned_integer()
  kFloat,      // real(): a 32-bit float, held exactly
  kDouble,     // real()
  kDecimal,    // text(): canonical, exactly `scale` digits after the point, no leading zeros, never -0:
               // "-12.30"
  kText,       // text(): UTF-8
  kBytes,      // text(): bytes; BINARY(n) padded to n; GEOMETRY as 4-byte SRID + WKB; VECTOR as float32 LE
  kJson,       // text(): JSON text in UTF-8 as MySQL prints it (", " and ": " separators)
  kDate,       // packed(): core/temporal.h, time part 0
  kDatetime,   // packed(): core/temporal.h
  kTime,       // integer(): microseconds, signed
  kTimestamp,  // integer(): microseconds since 1970 UTC; kZeroTimestamp for '0000-00-00 00:00:00'
};

inline constexpr int64_t kZeroTimestamp = INT64_MIN;

// One SQL value, 16 bytes. It owns nothing: text() points into a batch's buffer or arena, or into a plan's
// constants, and is valid as long as that lives.
class Value {
 public:
  Value() : int_(0), size_(0), kind_(ValueKind::kNull) {}

  static Value Absent() { return Value(ValueKind::kAbsent, int64_t{0}); }
  static Value Null() { return Value(); }
  static Value Int(int64_t v) { return Value(ValueKind::kInt, v); }
  static Value Bool(bool v) { return Value(ValueKind::kInt, int64_t{v}); }
  static Value Uint(uint64_t v) { return Value(ValueKind::kUint, static_cast<int64_t>(v)); }
  static Value Float(float v) {
    Value r;
    r.kind_ = ValueKind::kFloat;
    r.real_ = v;
    return r;
  }
  static Value Double(double v) {
    Value r;
    r.kind_ = ValueKind::kDouble;
    r.real_ = v;
    return r;
  }
  static Value Decimal(std::string_view canonical) { return Value(ValueKind::kDecimal, canonical); }
  static Value Text(std::string_view utf8) { return Value(ValueKind::kText, utf8); }
  static Value Bytes(std::string_view bytes) { return Value(ValueKind::kBytes, bytes); }
  static Value Json(std::string_view text) { return Value(ValueKind::kJson, text); }
  static Value Date(int64_t packed) { return Value(ValueKind::kDate, packed); }
  static Value Datetime(int64_t packed) { return Value(ValueKind::kDatetime, packed); }
  static Value Time(int64_t micros) { return Value(ValueKind::kTime, micros); }
  static Value Timestamp(int64_t micros_utc) { return Value(ValueKind::kTimestamp, micros_utc); }

  ValueKind kind() const { return kind_; }
  bool is_null() const { return kind_ <= ValueKind::kNull; }
  bool is_absent() const { return kind_ == ValueKind::kAbsent; }

  int64_t integer() const { return int_; }
  uint64_t unsigned_integer() const { return static_cast<uint64_t>(int_); }
  int64_t packed() const { return int_; }
  double real() const { return real_; }
  std::string_view text() const { return {data_, size_}; }

 private:
  Value(ValueKind kind, int64_t v) : int_(v), size_(0), kind_(kind) {}
  Value(ValueKind kind, std::string_view v) : data_(v.data()), size_(static_cast<uint32_t>(v.size())), kind_(kind) {}

  union {
    int64_t int_;
    double real_;
    const char* data_;
  };
  uint32_t size_;
  ValueKind kind_;
};

static_assert(sizeof(Value) == 16);

}  // namespace cdc
